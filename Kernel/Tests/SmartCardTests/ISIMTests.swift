import Cipher
import Resilience
import SmartCard
import Testing
import Wire

@Suite("ISIM (TS 31.103)")
struct ISIMTests {
    @Test("EF.DIR lists it, and its identities follow from the IMSI (TS 23.003, clause 13)")
    func files() throws {
        var card = try Workbench.card()
        card.send("00A4000C022F00")
        #expect(Hex.text(card.send("00B2020426").data).hasPrefix("61184f10a0000000871004ffffffff89070900005004" + "4953494d"))
        #expect(card.send("00A4040C07A0000000871004").status == 0x9000)
        func text(_ identifier: String, record: Bool = false) -> String {
            let template = card.exchange("00A4000402" + identifier).data
            guard
                let place = template.indices.first(where: {
                    template[$0] == 0x80 && template.count > $0 + 3 && template[$0 + 1] == 2
                })
            else { return "" }
            let count = template[place + 3]
            let data = card.send((record ? "00B20104" : "00B00000") + Hex.text([count])).data
            return String(decoding: data.dropFirst(2).prefix(Int(data.dropFirst().first ?? 0)), as: UTF8.self)
        }
        #expect(text("6F02") == "234150000000017@ims.mnc015.mcc234.3gppnetwork.org")
        #expect(text("6F03") == "ims.mnc015.mcc234.3gppnetwork.org")
        #expect(text("6F04", record: true) == "sip:234150000000017@ims.mnc015.mcc234.3gppnetwork.org")
        #expect(card.send("00B0830003").status == 0x9000)
    }

    @Test("without one there is none")
    func without() throws {
        var personalisation = try Workbench.personalisation()
        personalisation.primary.hasISIM = false
        var card = try TestCard(image: personalisation.image())
        _ = card.reset()
        #expect(card.send("00A4040C07A0000000871004").status == 0x6A82)
        card.send("00A4000C022F00")
        #expect(card.send("00B2020426").status == 0x6A83)
    }

    @Test("IMS AKA uses the USIM's keys and its sequence numbers: a challenge that one took is old for the other")
    func authenticates() throws {
        var card = try Workbench.card()
        let algorithm = Milenage<TableAES>(key: Workbench.key, operatorConstant: Workbench.operatorConstant)
        let random = Block(hex("23553cbe9637a89d218ae64dae47bf35"))
        let vector = algorithm.vector(random: random, sequence: 0x40, management: 0x8000)
        let command = "008800812210" + Hex.text(random.bytes) + "10" + Hex.text(vector.token)
        #expect(card.send("00A4040C07A0000000871004").status == 0x9000)
        let answer = card.exchange(command)
        #expect(answer.data.first == 0xDB)
        #expect(Array(answer.data.dropFirst(2).prefix(8)) == vector.answer.response.bytes)
        card.selectApplication()
        #expect(card.exchange(command).data.first == 0xDC)
    }
}
