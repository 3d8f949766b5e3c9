/// A message sealed by somebody else: what goes in, and the ciphertext with its tag.
struct CCMVector {
    let key: String
    let nonce: String
    let data: String
    let plaintext: String
    let sealed: String

    /// RFC 3610, 8: the packet vectors 1 to 6 and 13 to 18, which have M = 8.
    static let rfc3610 = [
        CCMVector(
            key: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", nonce: "00000003020100a0a1a2a3a4a5",
            data: "0001020304050607",
            plaintext: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
            sealed: "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0"),
        CCMVector(
            key: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", nonce: "00000004030201a0a1a2a3a4a5",
            data: "0001020304050607",
            plaintext: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            sealed: "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916"),
        CCMVector(
            key: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", nonce: "00000005040302a0a1a2a3a4a5",
            data: "0001020304050607",
            plaintext: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
            sealed: "51b1e5f44a197d1da46b0f8e2d282ae871e838bb64da8596574adaa76fbd9fb0c5"),
        CCMVector(
            key: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", nonce: "00000006050403a0a1a2a3a4a5",
            data: "000102030405060708090a0b",
            plaintext: "0c0d0e0f101112131415161718191a1b1c1d1e",
            sealed: "a28c6865939a9a79faaa5c4c2a9d4a91cdac8c96c861b9c9e61ef1"),
        CCMVector(
            key: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", nonce: "00000007060504a0a1a2a3a4a5",
            data: "000102030405060708090a0b",
            plaintext: "0c0d0e0f101112131415161718191a1b1c1d1e1f",
            sealed: "dcf1fb7b5d9e23fb9d4e131253658ad86ebdca3e51e83f077d9c2d93"),
        CCMVector(
            key: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", nonce: "00000008070605a0a1a2a3a4a5",
            data: "000102030405060708090a0b",
            plaintext: "0c0d0e0f101112131415161718191a1b1c1d1e1f20",
            sealed: "6fc1b011f006568b5171a42d953d469b2570a4bd87405a0443ac91cb94"),
        CCMVector(
            key: "d7828d13b2b0bdc325a76236df93cc6b", nonce: "00412b4ea9cdbe3c9696766cfa",
            data: "0be1a88bace018b1",
            plaintext: "08e8cf97d820ea258460e96ad9cf5289054d895ceac47c",
            sealed: "4cb97f86a2a4689a877947ab8091ef5386a6ffbdd080f8e78cf7cb0cddd7b3"),
        CCMVector(
            key: "d7828d13b2b0bdc325a76236df93cc6b", nonce: "0033568ef7b2633c9696766cfa",
            data: "63018f76dc8a1bcb",
            plaintext: "9020ea6f91bdd85afa0039ba4baff9bfb79c7028949cd0ec",
            sealed: "4ccb1e7ca981befaa0726c55d378061298c85c92814abc33c52ee81d7d77c08a"),
        CCMVector(
            key: "d7828d13b2b0bdc325a76236df93cc6b", nonce: "00103fe41336713c9696766cfa",
            data: "aa6cfa36cae86b40",
            plaintext: "b916e0eacc1c00d7dcec68ec0b3bbb1a02de8a2d1aa346132e",
            sealed: "b1d23a2220ddc0ac900d9aa03c61fcf4a559a4417767089708a776796edb723506"),
        CCMVector(
            key: "d7828d13b2b0bdc325a76236df93cc6b", nonce: "00764c63b8058e3c9696766cfa",
            data: "d0d0735c531e1becf049c244",
            plaintext: "12daac5630efa5396f770ce1a66b21f7b2101c",
            sealed: "14d253c3967b70609b7cbb7c499160283245269a6f49975bcadeaf"),
        CCMVector(
            key: "d7828d13b2b0bdc325a76236df93cc6b", nonce: "00f8b678094e3b3c9696766cfa",
            data: "77b60f011c03e1525899bcae",
            plaintext: "e88b6a46c78d63e52eb8c546efb5de6f75e9cc0d",
            sealed: "5545ff1a085ee2efbf52b2e04bee1e2336c73e3f762c0c7744fe7e3c"),
        CCMVector(
            key: "d7828d13b2b0bdc325a76236df93cc6b", nonce: "00d560912d3f703c9696766cfa",
            data: "cd9044d2b71fdb8120ea60c0",
            plaintext: "6435acbafb11a82e2f071d7ca4a5ebd93a803ba87f",
            sealed: "009769ecabdf48625594c59251e6035722675e04c847099e5ae0704551"),
    ]

    /// NIST CAVP, CCM-VTT for AES-128 (CAVS 11.0): counts 20, 21 and 26, which have a tag of 8 and a nonce of 13 bytes.
    static let nist = [
        CCMVector(
            key: "368f35a1f80eaaacd6bb136609389727", nonce: "842a8445847502ea77363a16b6",
            data: "34396dfcfa6f742aea7040976bd596497a7a6fa4fb85ee8e4ca394d02095b7bf",
            plaintext: "1cccd55825316a94c5979e049310d1d717cdfb7624289dac",
            sealed: "1a58094f0e8c6035a5584bfa8d1009c5f78fd2ca487ff222f6d1d897d6051618"),
        CCMVector(
            key: "368f35a1f80eaaacd6bb136609389727", nonce: "842a8445847502ea77363a16b6",
            data: "25865c1b89f1973bfa680d8458df35a56993a7e81e407e061794004068e481ab",
            plaintext: "36004342dd74e7966692a848b2c11e1fc311eac9d9cef616",
            sealed: "30949f55f6c9ed37065d7db6acc1c60d2353c375b5999998ceca422687f41550"),
        CCMVector(
            key: "368f35a1f80eaaacd6bb136609389727", nonce: "842a8445847502ea77363a16b6",
            data: "96bd747ccdcd5fa6cd920514a2f38203e82ee9c7ec6e88080e9f6e2a6a812b0d",
            plaintext: "c51958d7d7d39906b14d4ebb574db881355ec3e6b41838dd",
            sealed: "c38d84c0fc6e93a7d1829b45494d6093d51cea5ad84f575320a48ee3845d9e7a"),
    ]

    /// Sealed by OpenSSL's AES-CCM: lengths around the edges of blocks, of the data and of the message.
    static let openssl = [
        CCMVector(
            key: "3b2073a45a9c3c091b7c4e23b1969f43", nonce: "64541d5ee0a6c337aa3e93bea4",
            data: "",
            plaintext: "",
            sealed: "5256136a61cbd093"),
        CCMVector(
            key: "d35e7dec3e92cc14cd38f78cca40dd71", nonce: "160e7bfeebe96734e3c01ad22c",
            data: "",
            plaintext: "abe1a35a1d0ff3521a2a7fef3902ce",
            sealed: "2450fb30450a7383281d4b4da8b5f0ab7a835e16518566"),
        CCMVector(
            key: "8f55ada727bbcd06a82f18e8bf2076a9", nonce: "2a6425d2473c3d2dbd4b58a3db",
            data: "",
            plaintext: "b0ac93f4d3648537bc45647a7a4990f8",
            sealed: "e97eb05acbea85201049683fdfec5417de4cec1f73c7e7df"),
        CCMVector(
            key: "8599b5c28deee63d27ca15e33c1b9e2e", nonce: "481f0c99c4c50b60e90da4203a",
            data: "",
            plaintext: "e831dcf204194acadbecb2d2842c16dd6923c6f1a1026e40e313dbff19319fb127",
            sealed: "f9ab7bacee05d476ab07da0c85cbd0281bcc524cc4899d269e6e78ef26f7644ea29d4faf1b56f96e04"),
        CCMVector(
            key: "a305a33f53d752cfc43a7979fd059f03", nonce: "8c240a25bd469fdea97f1c3111",
            data: "e8",
            plaintext: "e831dcf204194acadbecb2d2842c16dd6923c6f1a1026e40e313dbff19319fb127",
            sealed: "4f4c91de6eeab2776cf8c7b02f6afdc6404f4c6dead090d697f933c3111984ca72bfcba8b745d68695"),
        CCMVector(
            key: "fc8ca09f36b4eff2be56ff7521ec0a9e", nonce: "8afd5c6c7fc7069dc28a1b4d5b",
            data: "196fe4ac93fb2de2f06c7a5793f6",
            plaintext: "",
            sealed: "26f5926830c5c41f"),
        CCMVector(
            key: "68902e69019bee869e14207d9f4d6ea0", nonce: "8737c530c6f583884a4d0a5336",
            data: "196fe4ac93fb2de2f06c7a5793f6",
            plaintext: "b0ac93f4d3648537bc45647a7a4990f8",
            sealed: "7710346cf675e524eeb78b4de34ec2d4a961f20be9d1d498"),
        CCMVector(
            key: "1ff2c211e3ae2d40320a64c25c5ce7fb", nonce: "c9da5db1a5398fbd431d35bd5d",
            data: "196fe4ac93fb2de2f06c7a5793f6",
            plaintext: "dbc81a8b07b019daa67eec60251a574e23",
            sealed: "4d76cbc82e4752544b8dae89914144f46e86a0308b32378662"),
        CCMVector(
            key: "c9336dec501ca1bfee37b4b1e15f6a05", nonce: "7083687a1de6a06801c918fa4d",
            data: "196fe4ac93fb2de2f06c7a5793f6",
            plaintext: "c6303b68b92061dfced7522869d44f6becaafee5c81df27ad2ca441bd8caccf5",
            sealed: "a0b9d0b0c6f6c5631293bee92e7d0ed5b58bbb57f6153614c44e71338bd85ed728c9f28f6830e91d"),
        CCMVector(
            key: "3083dc42e87633ec6eb0a46f0c1800d4", nonce: "e415c311cc334dc337837faa3e",
            data: "196fe4ac93fb2de2f06c7a5793f6",
            plaintext: "e831dcf204194acadbecb2d2842c16dd6923c6f1a1026e40e313dbff19319fb127",
            sealed: "34e89c22bf6efc0c1c659d2d5799f446ea0ff94c17e3ede0089da99bde637d7ff9aeec8f7e5d6751d5"),
        CCMVector(
            key: "baaffee0f0647994da14a82f4ebb5b8b", nonce: "fe647aa386bd5e27c8826cc6cc",
            data: "b1e08e3658c6f11cb864ed8c2218a8",
            plaintext: "",
            sealed: "f4c56594ca83469a"),
        CCMVector(
            key: "7d0e60d1b5f99ff90f2b39d8f79083a5", nonce: "e4eeccc73471ce6bcc6e80a2e7",
            data: "b1e08e3658c6f11cb864ed8c2218a8",
            plaintext: "abe1a35a1d0ff3521a2a7fef3902ce",
            sealed: "d1bb90526aefa37687983d424ad5ce42136081642169fd"),
        CCMVector(
            key: "9bf76176f12bd73d9a9616ba6835c083", nonce: "31881eebb882ced554c74b8532",
            data: "8fa00d004f1d30ea91d26260c7f5936c",
            plaintext: "e831dcf204194acadbecb2d2842c16dd6923c6f1a1026e40e313dbff19319fb127",
            sealed: "e4ee4d891af744a0723fa3175038b6467b76ec384db8b71212f93d9896f354d31ee3be1984b0f9f706"),
        CCMVector(
            key: "9a93b8279a6aba370584f86adf80d45c", nonce: "8cd7f9567605a94516dc7cfddf",
            data: "e53843c02f24f96cff25ec1cb2ab02f9655f90b2fb4918f918d183996d",
            plaintext: "dbc81a8b07b019daa67eec60251a574e23",
            sealed: "945487cb4fa8b760be806bdeadbb469a637d9405a7a439ce22"),
        CCMVector(
            key: "4123239ad8483918b51a0f3438168f9e", nonce: "648ac0dd53142794dc6bb81e9b",
            data: "e53843c02f24f96cff25ec1cb2ab02f9655f90b2fb4918f918d183996d",
            plaintext: "c6303b68b92061dfced7522869d44f6becaafee5c81df27ad2ca441bd8caccf5",
            sealed: "bac0a3e364006158448e7acfd0b5a005ee9c6a9a994e3e4f18da6034390005d2e1a9e97ba355a6ea"),
        CCMVector(
            key: "c23ac7d288bab7b90a7ed5a3f1dd665d", nonce: "7ab8c81dcf43b50d89d2bc73c4",
            data: "dfe389dd9381a8ece39c0bb02c3124eb4d2ecd901b52b08db91e5a14c88e",
            plaintext: "",
            sealed: "64217aa6b17c0c5a"),
        CCMVector(
            key: "646263f45e3d3b32fde832a756b45253", nonce: "6f2ce21a8afe401c6b6f4271cf",
            data: "dfe389dd9381a8ece39c0bb02c3124eb4d2ecd901b52b08db91e5a14c88e",
            plaintext: "abe1a35a1d0ff3521a2a7fef3902ce",
            sealed: "887e017ebe886462d52d8c1088ee4670d2a673fd979bab"),
        CCMVector(
            key: "fa9bfebca6dee2cdb3de6580a6c7c47e", nonce: "71653a6b527ae781a01701ad46",
            data: "dfe389dd9381a8ece39c0bb02c3124eb4d2ecd901b52b08db91e5a14c88e",
            plaintext: "b0ac93f4d3648537bc45647a7a4990f8",
            sealed: "e76cfaf60c2685874f3cd3ff61c3a9a779c2d123ac7d9cc1"),
        CCMVector(
            key: "07b4834c1765c1d42c04e5e743d4b1c1", nonce: "41a42a56802b4f1fcfb2fa08ec",
            data: "dfe389dd9381a8ece39c0bb02c3124eb4d2ecd901b52b08db91e5a14c88e",
            plaintext: "e831dcf204194acadbecb2d2842c16dd6923c6f1a1026e40e313dbff19319fb127",
            sealed: "237d85e15db6b37a755cf74e48ddf173b3d72b3e4fc160623c0d641a79cec055bc78833f224545714b"),
        CCMVector(
            key: "a1d83ca94298b684895f12c8183bc743", nonce: "374a3d13c9c2ec90a84a9dd8a0",
            data: "05d79d9e3048318035b20148495c7c834cedd9825ac692d8c01d326b8b05c4",
            plaintext: "e831dcf204194acadbecb2d2842c16dd6923c6f1a1026e40e313dbff19319fb127",
            sealed: "803adf99070df79dca1da4b0cb5a7db9e84b4dee76ff08909c1ae7d16cf73170b71625557f03fb13e0"),
        CCMVector(
            key: "b72f99f9341989ad8ce97bfbe9861b30", nonce: "1bcc8d3685cc7037ce6ba70ffe",
            data: "e4afd50a6f871b1fbe34d7d774a5137c3a065b44bd218bbeacca2d91099cd06bcb2cf9c98a2380f7e2f1de3ae3e2",
            plaintext: "e831dcf204194acadbecb2d2842c16dd6923c6f1a1026e40e313dbff19319fb127",
            sealed: "2b52101f975de2d99876fa4e92645a040d9f92a03bf0aa95d54c87e916a73df78c9c80f615a155b515"),
        CCMVector(
            key: "a6263ae1372c77d1341dd07f37f70c3f", nonce: "e381637acf2656d2b512811a22",
            data:
                "93a8a1c1e5c36197aca8cddd8c86d4667e879d65f755581e6a9db73c865649c40bdf65878f46b6b4d51559873c3c88e99d262f09a95eeb87dcacf40d56cd",
            plaintext: "88",
            sealed: "b3b9d1ffe3bf5b6bbd"),
        CCMVector(
            key: "2beb2f7abd767a04df0755c9ccd119ee", nonce: "9c2fece27cd7608da0316d7391",
            data:
                "93a8a1c1e5c36197aca8cddd8c86d4667e879d65f755581e6a9db73c865649c40bdf65878f46b6b4d51559873c3c88e99d262f09a95eeb87dcacf40d56cd",
            plaintext: "b0ac93f4d3648537bc45647a7a4990f8",
            sealed: "e8d6abf1026e9e24b6bb3fbd58346ea1eb2446d97a4807de"),
    ]
}
