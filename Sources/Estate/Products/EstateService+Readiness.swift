import Reachability
import Regulation
import Storage

extension EstateService {
    /// The five questions of readiness, answered from what the estate has now.
    public func readiness(at now: UTCInstant) throws -> Readiness { Readiness(try readinessInputs(at: now), on: now.day) }

    /// What the five questions are answered from.
    public func readinessInputs(at now: UTCInstant) throws -> ReadinessInputs {
        let products = try products().map { record in
            ReadinessInputs.Product(
                name: record.name, scope: try ScopeInquiry(answers: record.scopeAnswers).result?.outcome,
                tier: try TierInquiry(answers: record.tierAnswers).result?.tier)
        }
        var inputs = live.withLock { $0.networkProofs(at: now) }
        inputs.products = products
        let connected = try connectedUnits()
        inputs.dependences = connected.report(on: now.day).findings
        for row in connected.rows {
            switch row.exposure {
            case .publicInternet: inputs.unitsOnPublicAPN += row.units
            case .privateNetwork: inputs.unitsOnPrivateAPN += row.units
            case .unknown: inputs.unitsOnUnknownAPN += row.units
            }
        }
        inputs.risks = try riskRegister().risks
        // Our own responders' silence and whole places say nothing about what the networks' loss does to units.
        let outages = try database.read { connection in
            try connection.first("SELECT COUNT(*), SUM(peak_moved), SUM(peak_silent) FROM outage WHERE operator IS NOT NULL") {
                (count: $0.int(0), moved: $0.int(1), silent: $0.int(2))
            }
        }
        if let outages {
            inputs.outages = outages.count
            inputs.unitsThatMoved = outages.moved
            inputs.unitsAffected = outages.moved + outages.silent
        }
        return inputs
    }
}

extension Live {
    /// Networks on the units' cards, and how well reaching the units through each is proved.
    fileprivate func networkProofs(at now: UTCInstant) -> ReadinessInputs {
        struct Count {
            var units = 0
            var heard = 0
            /// Zero for none.
            var oldest: UInt32 = 0

            mutating func add(_ proof: UInt32) {
                units += 1
                guard proof > 0 else { return }
                heard += 1
                oldest = oldest == 0 ? proof : min(oldest, proof)
            }
        }
        var counts: [UInt16: Count] = [:]
        var units = 0
        var single = 0
        table.forEach(.all) { id in
            guard let device = table.device(id), let standing = table.standing(id) else { return }
            units += 1
            guard let backup = device.backup, backup != device.primary else {
                single += 1
                counts[device.primary, default: Count()].add(max(standing.primaryProof, standing.backupProof))
                return
            }
            counts[device.primary, default: Count()].add(standing.primaryProof)
            counts[backup, default: Count()].add(standing.backupProof)
        }
        return ReadinessInputs(
            units: units,
            networks: counts.sorted { $0.key < $1.key }.map { id, count in
                ReadinessInputs.Network(
                    name: reference(id).name, units: count.units, heard: count.heard,
                    oldestProof: count.oldest > 0 ? UTCInstant(seconds: Int64(count.oldest)).age(at: now) : nil)
            }, unitsOnOneNetwork: units > 0 ? single : nil)
    }
}
