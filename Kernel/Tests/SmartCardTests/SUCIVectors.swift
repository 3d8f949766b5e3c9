import SmartCard

/// The test data of 3GPP TS 33.501, annex C.4.3 and C.4.4.
struct SUCIVector: Sendable {
    let name: String
    let curve: ConcealmentCurve
    let homeNetworkKey: String
    let ephemeralKey: String
    let secret: String
    /// The scheme input: a subscriber's digits or user name.
    let plain: String
    let concealed: String
    let code: String

    var output: String { ephemeralKey + concealed + code }

    private static let keyA = "5a8d38864820197c3394b92613b20b91633cbd897119273bf8e4a6f4eec0a650"
    static let compressedKeyB = "0272da71976234ce833a6907425867b82e074d44ef907dfb4b3e21c1c2256ebcd1"
    private static let keyB =
        "0472da71976234ce833a6907425867b82e074d44ef907dfb4b3e21c1c2256ebcd1"
        + "5a7ded52fcbb097a4ed250e036c7b9c8c7004c4eedc4f068cd7bf8d3f900e3b4"

    static let all = [
        SUCIVector(
            name: "C.4.3.1", curve: .curve25519, homeNetworkKey: keyA,
            ephemeralKey: "b2e92f836055a255837debf850b528997ce0201cb82adfe4be1f587d07d8457d",
            secret: "028ddf890ec83cdf163947ce45f6ec1a0e3070ea5fe57e2b1f05139f3e82422a", plain: "00012080f6",
            concealed: "cb02352410", code: "cddd9e730ef3fa87"),
        SUCIVector(
            name: "C.4.3.2", curve: .curve25519, homeNetworkKey: keyA,
            ephemeralKey: "977d8b2fdaa7b64aa700d04227d5b440630ea4ec50f9082273a26bb678c92222",
            secret: "511c1df473bb88317f923501f8ba944fd3b667d25699dcb552dbcef60bbdc56d",
            plain: "766572796c6f6e67757365726e616d6531", concealed: "8e358a1582adb15322c10e515141d2039a",
            code: "12e1d7783a97f1ac"),
        SUCIVector(
            name: "C.4.4.1", curve: .secp256r1, homeNetworkKey: keyB,
            ephemeralKey: "039aab8376597021e855679a9778ea0b67396e68c66df32c0f41e9acca2da9b9d1",
            secret: "6c7e6518980025b982fbb2ff746e3c2e85a196d252099a7ad23ea7b4c0959cae", plain: "00012080f6",
            concealed: "46a33fc271", code: "6ac7dae96aa30a4d"),
        SUCIVector(
            name: "C.4.4.2", curve: .secp256r1, homeNetworkKey: keyB,
            ephemeralKey: "03759bb22c563d9f4a6b3c1419e543fc2f39d6823f02a9d71162b39399218b244b",
            secret: "bc3529ed79541cf8c007ce9806330f4a5ff15064d7cf4b16943ef8f007597872",
            plain: "766572796c6f6e67757365726e616d6531", concealed: "be22d8b9f856a52ed381cd7eaf4cf2d525",
            code: "3cddc61a0a7882eb"),
    ]
}
