import ArgumentParser
import Beacon
import Cipher
import Crypto
import EUICC
import Estate
import Foundation
import Lab
import Resilience
import SmartCard
import Wire

/// The card.
struct CardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "The resilient SIM: make one, put operators' profiles on it, look at it, serve it to PC/SC programs.",
        discussion: """
            A card is one file, encrypted with the key in --key-file (or HOLDFAST_KEY). What changes it is written whole or not at all.

              holdfast card new --image card.hfc
              holdfast card import operator.der --slot backup --image card.hfc
              holdfast card show --image card.hfc
              holdfast card serve --image card.hfc
            """,
        subcommands: [CardServe.self, CardNew.self, CardImport.self, CardShow.self, CardExport.self, CardProvision.self],
        defaultSubcommand: CardServe.self)
}

/// Which card, and where it is kept.
struct CardOptions: ParsableArguments {
    @Option(
        help: "The card's file, encrypted. It is made with the test identity where no file is. Without it the card lives in memory."
    )
    var image: String?

    @Option(help: "A file with the key of the card's file: 64 hexadecimal digits, made where no file is. HOLDFAST_KEY goes first.")
    var keyFile = "holdfast.key"

    /// The card's file, made with the test identity where there is none; nil for a card in memory.
    func file() throws -> CardFile? {
        guard let image else { return nil }
        if FileManager.default.fileExists(atPath: image) { return try CardFile(path: image, key: try key().cardKey) }
        return try create(try TestCard.image(try TestCard.identity()))
    }

    /// A file that must be there.
    func existing() throws -> CardFile {
        guard let image else { throw ValidationError("Name a card with --image.") }
        guard FileManager.default.fileExists(atPath: image) else {
            throw ValidationError("There is no \(image). Make it with: holdfast card new --image \(image)")
        }
        return try CardFile(path: image, key: try key().cardKey)
    }

    /// A file that must not be there yet.
    func create(_ content: CardImage) throws -> CardFile {
        guard let image else { throw ValidationError("Name a card with --image.") }
        return try CardFile.create(content, path: image, key: try key().cardKey)
    }

    private func key() throws -> EstateKey {
        let environment = ProcessInfo.processInfo.environment
        return environment[EstateKey.variable]?.isEmpty == false
            ? try EstateKey.load(environment: environment) : try EstateKey.loadOrCreate(file: keyFile)
    }
}

/// Puts the card into the virtual reader.
struct CardServe: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Put the card into the virtual reader of vsmartcard, for any PC/SC program.",
        discussion: """
            Needs Debian's vsmartcard-vpcd and pcscd running (`pcscd -f` in another terminal).

              holdfast card
              holdfast card serve --image card.hfc --vpcd 127.0.0.1:35963
              pcsc_scan

            The test identity: primary 999-70 (IMSI 999700000000001), backup 999-71 (IMSI 999710000000001), PIN 0000 (enabled), PUK
            12345678, ADM 88888888, keys of 3GPP TS 35.208 test set 1. Never use it on a real network.
            """)

    @OptionGroup var options: CardOptions

    @Option(help: "The virtual reader's address.")
    var vpcd = "127.0.0.1:35963"

    @Flag(name: .shortAndLong, help: "Print every APDU. The log then holds PINs and challenges.")
    var verbose = false

    func run() throws {
        let parts = vpcd.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else {
            throw ValidationError("\(vpcd) is not HOST:PORT, such as 127.0.0.1:35963.")
        }
        if let file = try options.file() {
            var card = try Card<HostAES, CardFile>(memory: file)
            try serve(&card, host: String(parts[0]), port: port)
        } else {
            var card = try Card<HostAES, InProcessMemory>(image: try TestCard.image(try TestCard.identity()))
            try serve(&card, host: String(parts[0]), port: port)
        }
    }

    private func serve<C: CardCryptography, Memory: NonVolatileMemory>(_ card: inout Card<C, Memory>, host: String, port: UInt16)
        throws
    {
        let reader = try VirtualReader(host: host, port: port)
        note("Card \(card.number) is in the reader at \(vpcd). End with Control-C.")
        let verbose = verbose
        try reader.serve(&card) { command, response in
            if verbose { note("\(Hex.text(command)) -> \(Hex.text(response))") }
        }
        note("The reader went away.")
    }
}

/// A card whose identity and keys everybody knows: for readers and test benches.
enum TestCard {
    /// The example EID of GSMA SGP.22, annex, which belongs to nobody.
    static let eid = "89049032123451234512345678901235"

    /// Its eUICC, with a key of its own and no certificates.
    static func identity() throws -> EUICCIdentity {
        EUICCIdentity(eid: try EID(eid), privateKey: Array(P256.Signing.PrivateKey().rawRepresentation))
    }

    /// Personalises it.
    ///
    /// - Parameters:
    ///   - identity: of the eUICC; nil for a plain UICC with two profiles.
    ///   - concealment: how the card conceals the identifiers of both profiles; nil for not at all.
    static func image(_ identity: EUICCIdentity? = nil, concealment: SUCICalculationInformation? = nil) throws -> CardImage {
        // 3GPP TS 35.208, clause 4.3, test set 1: K and OPc.
        let key = Block(high: 0x465B_5CE8_B199_B49F, low: 0xAA5F_0A2E_E238_A6BC)
        let operatorConstant = Block(high: 0xCD63_CB71_954A_9F4E, low: 0x48A5_994E_37A0_2BAF)
        guard let number = CardNumber(1), let pin = AccessCodes.Code("0000"), let unblock = AccessCodes.Code("12345678"),
            let administrative = AccessCodes.Code("88888888")
        else { throw ValidationError("The test card cannot be made.") }
        var responders: [ResponderAddress] = []
        for (index, port) in [UInt16(5683), 5693].enumerated() {
            guard
                let keys = SecurityKeys.derive(
                    masterSecret: Array(0..<16), masterSalt: [UInt8(index)], sender: number.identifier,
                    recipient: BeaconServer.identifier,
                    using: HostKeyDerivation())
            else { throw ValidationError("The test card's keys cannot be derived.") }
            responders.append(ResponderAddress(.v4(127, 0, 0, 1), port: port, keys: keys))
        }
        func subscription(_ iccid: String, _ imsi: String, _ name: String, _ network: String) throws -> Subscription {
            var subscription = Subscription(
                iccid: try ICCID(iccid), imsi: try IMSI(imsi), networkCodeDigits: 2, key: key, operatorConstant: operatorConstant,
                serviceProvider: name, preferredNetworks: [PreferredNetwork(try PLMN(network))])
            subscription.concealment = concealment
            return subscription
        }
        return try Personalisation(
            card: number, primary: try subscription("8999700000000000013", "999700000000001", "Alder Mobile", "999-70"),
            backup: try subscription("8999710000000000011", "999710000000001", "Birch Telecom", "999-71"),
            codes: AccessCodes(
                pin: pin, isPINEnabled: true, unblockPIN: unblock, secondPIN: pin, unblockSecondPIN: unblock,
                administrative: administrative),
            parameters: .standard, responders: responders, watchdog: nil,
            euicc: identity
        ).image()
    }
}
