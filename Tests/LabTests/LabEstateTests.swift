import Testing
import Wire

@testable import Lab

@Suite("A lab's estate is made from its seed")
struct LabEstateTests {
    private func estate(_ cards: Int = 300, seed: UInt64 = 1) throws -> LabEstate {
        var settings = LabEstate.Settings()
        settings.cards = cards
        settings.seed = seed
        return try LabEstate(settings)
    }

    @Test func theSameSeedGivesTheSameCards() throws {
        #expect(try estate().members == estate().members)
        #expect(try estate().inventory == estate().inventory)
        #expect(try estate(seed: 2).members != estate().members)
    }

    @Test func everyIdentityIsItsOwnAndWellFormed() throws {
        let members = try estate(2_000).members
        #expect(Set(members.map(\.card)).count == 2_000)
        let profiles = members.flatMap { [$0.primary] + ($0.backup.map { [$0] } ?? []) }
        #expect(Set(profiles.map(\.iccid)).count == profiles.count && Set(profiles.map(\.imsi)).count == profiles.count)
        #expect(profiles.allSatisfy { $0.iccid.hasValidCheckDigit && $0.plmn.isHome(of: $0.imsi) })
    }

    @Test func groupsAndAreasAreEven() throws {
        let estate = try estate()
        for group in Group.allCases { #expect(estate.count(of: group) == 100) }
        for area in 0..<4 {
            for group in Group.allCases { #expect(estate.members.count { $0.group == group && $0.area.rawValue == area } == 25) }
        }
        #expect(estate.members.allSatisfy { ($0.backup == nil) == ($0.group == .singleProfile) })
    }

    @Test func theInventoryHasALineForEachDevice() throws {
        let lines = try estate(30).inventory.split(separator: "\r\n")
        #expect(lines.count == 31)
        let columns = lines[0].split(separator: ",").count
        #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == columns })
        #expect(lines[1].hasPrefix("device-00001,"))
        // A device with one profile has no backup to have an APN for.
        #expect(lines.dropFirst().allSatisfy { $0.contains(",single-profile,") == $0.hasSuffix(",") })
        #expect(lines.dropFirst().allSatisfy { $0.contains(",999-70,Alder Mobile,") })
    }

    @Test func roamingPrimariesBelongToAnotherHome() throws {
        var settings = LabEstate.Settings()
        settings.cards = 3
        settings.primaryRoams = true
        let estate = try LabEstate(settings)
        #expect(
            estate.members.allSatisfy { $0.primary.imsi.description.hasPrefix("99972") && $0.primary.plmn.description == "999-70" })
    }

    @Test func limitsAreSaid() throws {
        #expect(throws: LabEstate.Problem.cards(0, allowed: 1...20_000)) { try estate(0) }
        #expect(throws: LabEstate.Problem.cards(20_001, allowed: 1...20_000)) { try estate(20_001) }
        var settings = LabEstate.Settings()
        settings.responders = []
        #expect(throws: LabEstate.Problem.responders(0, expected: 2)) { try LabEstate(settings) }
        settings = LabEstate.Settings()
        settings.areas = []
        #expect(throws: LabEstate.Problem.noAreas) { try LabEstate(settings) }
    }

    @Test func aCardSurvivesAPowerCutAtAnyByteOfAnyWrite() throws {
        let estate = try estate(3)
        let image = try estate.image(of: estate.members[0], using: CryptoKeyDerivation())
        for write in 1...6 {
            for bytes in stride(from: 0, through: 60, by: 3) {
                let bench = TerminalBench(try LabCard(image: image))
                bench.powerOn()
                bench.terminal.card.fuse.arm(write: write, after: bytes)
                bench.wait(.seconds(1))
                for _ in 0..<4 {
                    bench.hear(.attachReject(.illegalMS, backOff: nil))
                    bench.wait(.minutes(3))
                }
                bench.tell(.powerOff)
                bench.tell(.powerOn)
                bench.wait(.seconds(1))
                #expect(bench.terminal.usim != nil, "cut in write \(write) after \(bytes) bytes")
            }
        }
    }
}

@Suite("The machinery of the world")
struct MachineryTests {
    @Test func eventsComeInOrderOfTimeAndThenOfArrival() {
        var queue = EventQueue<Int>()
        var random = SplitMix64(seed: 77)
        var expected: [(Int64, Int)] = []
        for number in 0..<5_000 {
            let time = Int64(random.below(200))
            queue.insert(number, at: Moment(milliseconds: time))
            expected.append((time, number))
        }
        expected.sort { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }
        var taken: [Int] = []
        while let (_, number) = queue.removeFirst() { taken.append(number) }
        #expect(taken == expected.map(\.1))
        #expect(queue.next == nil)
    }

    @Test func splitMixGivesThePublishedNumbers() {
        // From S. Vigna's reference implementation, seed 1234567.
        var random = SplitMix64(seed: 1_234_567)
        let numbers = (0..<3).map { _ in random.next() }
        #expect(numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func drawsHaveTheQuantilesThatWereAskedFor() {
        let spread = Spread(
            .milliseconds(10), p50: .milliseconds(100), p90: .milliseconds(200), p99: .seconds(2), most: .seconds(5))
        var random = SplitMix64(seed: 5)
        let draws = (0..<20_000).map { _ in spread.draw(&random).wholeMilliseconds }.sorted()
        #expect(draws[0] >= 10 && draws[19_999] <= 5_000)
        // The share of draws up to a quantile is a binomial proportion: within four standard deviations of what was asked for.
        for (quantile, share) in [(100, 0.5), (200, 0.9), (2_000, 0.99)] {
            let measured = Double(draws.count { $0 <= quantile }) / 20_000
            #expect(abs(measured - share) < 4 * (share * (1 - share) / 20_000).squareRoot() + 0.001, "\(quantile) ms: \(measured)")
        }
        let always = Spread(always: .seconds(3)).draw(&random)
        #expect(always == .seconds(3))
    }

    @Test func quantilesAreNearestRanks() {
        #expect(Figures.Quantiles([]) == nil)
        #expect(
            Figures.Quantiles([4])
                == Figures.Quantiles([4, 4]).map {
                    var one = $0; one.count = 1; return one
                })
        let quantiles = Figures.Quantiles((1...100).map(Double.init))
        #expect(quantiles?.p50 == 50 && quantiles?.p99 == 99 && quantiles?.max == 100)
    }

    @Test func addressesKeepTheirBytes() {
        #expect(IPAddress([192, 0, 2, 10])?.description == "192.0.2.10")
        #expect(IPAddress([0x20, 0x01, 0x0D, 0xB8] + Array(repeating: 0, count: 11) + [1])?.description == "2001:db8:0:0:0:0:0:1")
        #expect(IPAddress([1, 2, 3]) == nil)
        #expect(AccessPointLabels.text(AccessPointLabels.coded("maker.private")) == "maker.private")
        #expect(AccessPointLabels.text([5, 1]) == nil && AccessPointLabels.text([0]) == nil)
    }
}
