import Wire

extension EUICC {
    /// EuiccPackageErrorCode: what is wrong with a package that has a good signature.
    private enum PackageError: UInt8 {
        case invalidEID = 3
        case replay = 4
        case counterOutOfRange = 6
    }

    /// LoadEuiccPackage (GSMA SGP.32, BF51; packages: 2.11).
    ///
    /// Nothing of a package is believed before its signature: an unknown eIM and a bad signature get an unsigned error and change
    /// nothing. Then come the EID and the counter. Operations are performed in their order and stop at the first that fails; what
    /// was done until then stays done, and its results are given.
    func loadPackage(_ command: DERObject) throws(CommandError) -> Outcome {
        let parts = try command.children()
        let signed = try parts.one(0x30, in: command.tag)
        let signature = try parts.one(0x5F37, in: command.tag)
        let package = try SignedPackage(signed)
        guard let index = state.associations.firstIndex(where: { $0.identifier == package.identifier }) else {
            return unsignedError(package, token: nil)
        }
        let association = state.associations[index]
        guard isSigned(signed, by: association, signature.value) else { return unsignedError(package, token: association.token) }
        guard package.eid.elementsEqual(configuration.eid.bytes) else {
            return signedError(.invalidEID, package, association)
        }
        guard package.counter > Int64(association.counter) else { return signedError(.replay, package, association) }
        guard package.counter <= Int64(EIMAssociation.highestCounter) else {
            return signedError(.counterOutOfRange, package, association)
        }

        var changed = state
        let counter = UInt32(package.counter)
        changed.associations[index].counter = counter
        // Only the package before this one can be rolled back.
        changed.rollback = nil
        let header = PackageHeader(association: association, counter: counter, transaction: package.transaction)
        let results: [UInt8]
        if package.list.tag == 0xA0 {
            results = manageProfiles(package.list, header, index, in: &changed)
        } else {
            results = configureEIMs(package.list, in: &changed)
        }
        guard let answer = signedResult(of: header, results, in: &changed) else {
            return unsignedError(package, token: association.token)
        }
        return outcome(answer, changed, cause: .enable, refresh: true)
    }

    /// The signature covers the package as it came, and the association token. An association that has none signs the token 0; eIMs
    /// that leave it out then are believed too, since it would add nothing.
    private func isSigned(_ signed: DERObject, by association: EIMAssociation, _ signature: ArraySlice<UInt8>) -> Bool {
        guard signature.count == signatureSize else { return false }
        let message = Array(signed.whole)
        let bytes = Array(signature)
        if verifier.verify(signature: bytes, of: message + PackageHeader.signedToken(association.token), with: association.key) {
            return true
        }
        return association.token == nil && verifier.verify(signature: bytes, of: message, with: association.key)
    }

    /// EuiccPackageErrorUnsigned.
    private func unsignedError(_ package: SignedPackage, token: UInt32?) -> Outcome {
        Outcome(
            ByteWriter.written {
                $0.ber(0xBF51) {
                    $0.ber(0xA2) {
                        $0.ber(0x80, package.identifier)
                        if let transaction = package.transaction { $0.ber(0x82, transaction) }
                        if let token { $0.derInteger(0x84, token) }
                        $0.ber(0x8F, [127])
                    }
                }
            })
    }

    /// EuiccPackageErrorSigned. It repeats the package's counter, also one that is too low or too high.
    private func signedError(_ error: PackageError, _ package: SignedPackage, _ association: EIMAssociation) -> Outcome {
        let data = ByteWriter.written {
            $0.ber(0x30) {
                $0.ber(0x80, association.identifier)
                $0.derInteger(0x81, UInt32(clamping: package.counter))
                if let transaction = package.transaction { $0.ber(0x82, transaction) }
                $0.ber(0x02, [error.rawValue])
            }
        }
        guard let signature = sign(data + PackageHeader.signedToken(association.token)) else {
            return unsignedError(package, token: association.token)
        }
        return Outcome(
            ByteWriter.written {
                $0.ber(0xBF51) {
                    $0.ber(0xA1) {
                        $0.append(data)
                        $0.ber(0x5F37, signature)
                    }
                }
            })
    }

    /// EuiccPackageResultSigned; it is kept in the state until it is acknowledged. Nil when the card cannot sign.
    func signedResult(of header: PackageHeader, _ results: [UInt8], in state: inout EUICCState) -> [UInt8]? {
        let number = state.takeSequenceNumber()
        func written(_ results: [UInt8]) -> [UInt8]? {
            let data = ByteWriter.written {
                $0.ber(0x30) {
                    header.write(to: &$0)
                    $0.derInteger(0x83, number)
                    $0.ber(0x30, results)
                }
            }
            guard let signature = sign(data + header.signedToken) else { return nil }
            return ByteWriter.written {
                $0.ber(0xBF51) {
                    $0.ber(0xA0) {
                        $0.append(data)
                        $0.ber(0x5F37, signature)
                    }
                }
            }
        }
        guard let bytes = written(results) else { return nil }
        state.keep(PackageResult(sequenceNumber: number, bytes: bytes))
        return bytes
    }

    /// How many bytes of results fit beside everything else that a result repeats.
    private static var longestResults: Int {
        PackageResult.longest - EIMAssociation.longestName - PackageHeader.longestTransaction - signatureSize - 48
    }

    private static func terminated(_ reason: UInt8) -> [UInt8] { [0x02, 0x01, reason] }

    /// The operations of a list, until one fails, is not understood, or there is no room for its result.
    private func perform(_ list: DERObject, _ operation: (DERObject) -> (result: [UInt8], goesOn: Bool)?) -> [UInt8] {
        let operations: [DERObject]
        do throws(CommandError) { operations = try list.children() } catch { return EUICC.terminated(2) }
        var results: [UInt8] = []
        for object in operations {
            // An operation whose result could not be given must not be performed; only a list of profiles is long, and it changes nothing.
            guard results.count + 24 <= EUICC.longestResults else { return results + EUICC.terminated(1) }
            guard let (result, goesOn) = operation(object) else { return results + EUICC.terminated(2) }
            guard results.count + result.count + 3 <= EUICC.longestResults else { return results + EUICC.terminated(1) }
            results += result
            if !goesOn { return results }
        }
        return results
    }

    /// Profile state management operations (PSMO).
    private func manageProfiles(_ list: DERObject, _ header: PackageHeader, _ index: Int, in state: inout EUICCState) -> [UInt8] {
        let profiles = configuration.profiles
        return perform(list) { operation in
            func code(_ tag: UInt8, _ value: UInt8) -> (result: [UInt8], goesOn: Bool) { ([tag, 1, value], value == 0) }
            do throws(CommandError) {
                switch operation.tag {
                case 0xA3:
                    let parts = try operation.children()
                    let profile = EUICC.find(try parts.one(0x5A, in: operation.tag), in: profiles) ?? -1
                    let before = EUICCState.Rollback(
                        profile: state.enabled, leftBehind: state.leftBehind, association: index, counter: header.counter,
                        transaction: header.transaction)
                    let result = state.enable(profile, in: profiles)
                    if result == .ok, parts.first(0x05) != nil { state.rollback = before }
                    return code(0x83, result.rawValue)
                case 0xA4:
                    let profile = EUICC.find(try operation.children().one(0x5A, in: operation.tag), in: profiles) ?? -1
                    return code(0x84, state.disable(profile).rawValue)
                case 0xA5:
                    let profile = EUICC.find(try operation.children().one(0x5A, in: operation.tag), in: profiles) ?? -1
                    return code(0x85, state.delete(profile).rawValue)
                case 0xBF2D: return (try EUICC.profilesInfo(operation, state: state, profiles: profiles), true)
                // The rules authorisation table is empty: no profile policy rules are allowed.
                case 0xA6: return ([0xA6, 0x00], true)
                // Immediate enable needs downloads.
                case 0xA7: return code(0x87, 127)
                case 0xA8:
                    let profile = EUICC.find(try operation.children().one(0x5A, in: operation.tag), in: profiles) ?? -1
                    return code(0x8D, state.setFallbackAttribute(profile, in: profiles).rawValue)
                case 0xA9: return code(0x8E, state.unsetFallbackAttribute().rawValue)
                case 0xBF65:
                    let value = try EUICC.setDefaultAddress(operation, in: &state)
                    return ([0xBF, 0x65, 0x03, 0x80, 0x01, value], value == 0)
                default: return nil
                }
            } catch {
                return nil
            }
        }
    }

    /// eIM configuration operations (eCO).
    private func configureEIMs(_ list: DERObject, in state: inout EUICCState) -> [UInt8] {
        perform(list) { operation in
            switch operation.tag {
            case 0xA8:
                do throws(EIMProblem) {
                    let added = try add(operation, to: &state)
                    let result = ByteWriter.written {
                        $0.ber(0xA8) { if let token = added.token { $0.derInteger(0x84, token) } else { $0.ber(0x02, [0]) } }
                    }
                    return (result, true)
                } catch {
                    return ([0xA8, 0x03, 0x02, 0x01, error.rawValue], false)
                }
            case 0xA9:
                let identifier: DERObject
                do throws(CommandError) {
                    identifier = try operation.children().one(0x80, in: operation.tag)
                } catch {
                    return nil
                }
                guard let index = state.associations.firstIndex(where: { identifier.value.elementsEqual($0.identifier) }) else {
                    return ([0x89, 0x01, 0x01], false)
                }
                state.associations.remove(at: index)
                // "Last eIM deleted" is no failure: it warns that the next one has to come through AddInitialEim.
                return ([0x89, 0x01, state.associations.isEmpty ? 2 : 0], true)
            case 0xAA:
                do throws(EIMProblem) {
                    try update(operation, in: &state)
                    return ([0x8A, 0x01, 0x00], true)
                } catch {
                    return ([0x8A, 0x01, error.updateResult], false)
                }
            case 0xAB:
                return (
                    ByteWriter.written {
                        $0.ber(0xAB) {
                            $0.ber(0xA0) {
                                for association in state.associations {
                                    $0.ber(0x30) {
                                        $0.ber(0x80, association.identifier)
                                        if let type = association.identifierType { $0.ber(0x82, [type]) }
                                    }
                                }
                            }
                        }
                    }, true
                )
            default: return nil
            }
        }
    }
}
