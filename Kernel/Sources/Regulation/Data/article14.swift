// swift-format-ignore-file

extension FactFile {
    static let article14 = #"""
{
  "asOf": "2026-11-22",
  "appliesFrom": "2026-09-11",
  "application": {
    "text": "Article 14 applies from 11 September 2026, also to products placed on the market before 11 December 2027. The day is read in local time.",
    "citations": [
      {"place": "Art. 71(2)", "mark": "verified"},
      {"place": "Art. 69(3)", "mark": "verified"},
      {"place": "the day in local time", "mark": "interpretation"}
    ]
  },
  "noRetroactivity": {
    "text": "The manufacturer was aware before 11 September 2026: not reportable. Keep the record. New facts, or another product, are a new matter.",
    "citations": [{"place": "guidance pt 217", "mark": "guidance"}]
  },
  "afterSupport": {
    "text": "The duty goes on after the support period has ended.",
    "citations": [{"place": "guidance pt 210", "mark": "guidance"}]
  },
  "awareness": {
    "text": "Aware means: after an immediate first assessment there is a reasonable degree of certainty that a vulnerability of the product is being exploited, or that a severe incident compromised the product's security.",
    "citations": [{"place": "guidance pts 211-215", "mark": "guidance"}, {"place": "Art. 14(1) and (3)", "mark": "verified"}]
  },
  "awarenessReading": {
    "text": "Take the first moment at which a responsible person held evidence that later proved sufficient. Where assessment waited without reason, take the moment of the signal.",
    "citations": [{"place": "our reading", "mark": "interpretation"}]
  },
  "recipients": {
    "text": "One submission on the single reporting platform, addressed to the coordinator CSIRT; ENISA sees it at the same time.",
    "citations": [{"place": "Art. 14(1), (3) and (7)", "mark": "verified"}, {"place": "Art. 16(1)", "mark": "verified"}]
  },
  "voluntary": {
    "text": "Anyone may report vulnerabilities, threats, incidents and near misses voluntarily; no duty follows. The platform does not offer this yet: contact the CSIRT.",
    "citations": [{"place": "Art. 15", "mark": "verified"}, {"place": "ENISA SRP FAQ 6 and 27", "mark": "secondary"}]
  },
  "fineExclusion": {
    "text": "A micro or small enterprise is not fined for missing the 24 hours. The duty to warn remains, and so do fines for every later stage. National law may say more.",
    "citations": [{"place": "Art. 64(10)(a), as corrected", "mark": "verified"}]
  },
  "contested": [
    {
      "id": "K1",
      "reason": {
        "text": "Regulation 1182/71 says that a period of two days or more includes at least two working days. Some apply that to the 72 hours; a period in hours is none in days, so we do not.",
        "citations": [{"place": "Reg. 1182/71 Art. 3(5)", "mark": "secondary"}, {"place": "our reading", "mark": "interpretation"}]
      }
    },
    {
      "id": "K2",
      "reason": {
        "text": "Which calendar of public holidays governs is not settled: the coordinator's Member State, or the institutions of the Union. We take the coordinator's.",
        "citations": [{"place": "Reg. 1182/71 Art. 2(1)", "mark": "memory"}, {"place": "our reading", "mark": "interpretation"}]
      }
    },
    {
      "id": "K3",
      "reason": {
        "text": "The measure was there before awareness. Whether the 14 days then run from the measure is not settled; we do not start them again at awareness.",
        "citations": [{"place": "Art. 14(2)(c)", "mark": "verified"}, {"place": "our reading", "mark": "interpretation"}]
      }
    },
    {
      "id": "K4",
      "reason": {
        "text": "The text says corrective or mitigating measure, so a workaround starts the 14 days and not only a patch. Count from the first that works.",
        "citations": [{"place": "Art. 14(2)(c)", "mark": "verified"}, {"place": "our reading", "mark": "interpretation"}]
      }
    },
    {
      "id": "K5",
      "reason": {
        "text": "Awareness came after the first signal. If the assessment was slow without a reason, an authority may count from the signal. Record why it took that long.",
        "citations": [{"place": "guidance pts 211-215", "mark": "guidance"}, {"place": "our reading", "mark": "interpretation"}]
      }
    }
  ],
  "triggers": [
    {
      "kind": "vulnerability",
      "name": "actively exploited vulnerability",
      "citations": [{"place": "Art. 14(1)", "mark": "verified"}, {"place": "Art. 3(42)", "mark": "verified"}],
      "tests": [
        {
          "id": "AEV-T1",
          "text": "The vulnerability is in our product, its components included.",
          "citations": [{"place": "Art. 14(1)", "mark": "verified"}]
        },
        {
          "id": "AEV-T2",
          "text": "There is reliable evidence of exploitation.",
          "citations": [{"place": "Art. 3(42)", "mark": "verified"}]
        },
        {
          "id": "AEV-T3",
          "text": "A malicious actor exploited it in a system.",
          "citations": [{"place": "Art. 3(42)", "mark": "verified"}]
        },
        {
          "id": "AEV-T4",
          "text": "The system's owner had not permitted it.",
          "citations": [{"place": "Art. 3(42)", "mark": "verified"}]
        }
      ],
      "severity": [],
      "notTriggered": [
        {
          "text": "A flaw found by research in good faith, a bounty or a laboratory, and not exploited with malice.",
          "citations": [{"place": "recital 68", "mark": "guidance"}, {"place": "FAQ 5.2", "mark": "guidance"}]
        },
        {
          "text": "A component's flaw that cannot be exploited, or was not, in our product: report it voluntarily (Art. 15) and to the component's maker (Art. 13(6)).",
          "citations": [{"place": "guidance pt 218", "mark": "guidance"}]
        },
        {
          "text": "A known flaw that nobody exploits: vulnerability handling under Annex I Part II alone.",
          "citations": [{"place": "Art. 14(1)", "mark": "verified"}]
        }
      ],
      "note": {
        "text": "Where the component was itself placed on the market, its manufacturer reports too.",
        "citations": [{"place": "FAQ 5.4", "mark": "guidance"}]
      }
    },
    {
      "kind": "incident",
      "name": "severe incident having an impact on the security of the product",
      "citations": [{"place": "Art. 14(3) and (5)", "mark": "verified"}, {"place": "Art. 3(44)", "mark": "verified"}],
      "tests": [
        {
          "id": "SI-T1",
          "text": "There was an incident in the sense of NIS 2.",
          "citations": [{"place": "Art. 3(43)", "mark": "verified"}, {"place": "Dir. (EU) 2022/2555 Art. 6(6)", "mark": "secondary"}]
        },
        {
          "id": "SI-T2",
          "text": "It affects, or can affect, how the product protects the availability, authenticity, integrity or confidentiality of data or functions.",
          "citations": [{"place": "Art. 3(44)", "mark": "verified"}]
        }
      ],
      "severity": [
        {
          "id": "SI-5a",
          "text": "The data or functions concerned are sensitive or important.",
          "citations": [{"place": "Art. 14(5)(a)", "mark": "verified"}]
        },
        {
          "id": "SI-5b",
          "text": "It led, or can lead, to malicious code in the product or in a user's network and information systems.",
          "citations": [{"place": "Art. 14(5)(b)", "mark": "verified"}]
        }
      ],
      "notTriggered": [],
      "note": {
        "text": "That it can happen is enough. An incident at the manufacturer (build, update, signing, backend) counts when it can reach the product.",
        "citations": [{"place": "Art. 14(5)", "mark": "verified"}]
      }
    }
  ],
  "stages": [
    {
      "kind": "vulnerability",
      "stage": "earlyWarning",
      "citations": [{"place": "Art. 14(2)(a)", "mark": "verified"}],
      "elements": [
        {
          "id": "AEV-24-1",
          "text": "That a vulnerability of the product is actively exploited: the warning itself.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(2)(a)", "mark": "verified"}],
          "fields": ["1", "2", "3", "6", "7"]
        },
        {
          "id": "AEV-24-2",
          "text": "The Member States where the manufacturer knows the product was made available.",
          "obligation": "whereApplicable",
          "citations": [{"place": "Art. 14(2)(a)", "mark": "verified"}],
          "fields": ["5"]
        }
      ]
    },
    {
      "kind": "vulnerability",
      "stage": "notification",
      "citations": [{"place": "Art. 14(2)(b)", "mark": "verified"}],
      "skip": {
        "text": "Not needed when everything it asks for was already given.",
        "citations": [{"place": "Art. 14(2) and (4)", "mark": "verified"}]
      },
      "elements": [
        {
          "id": "AEV-72-1",
          "text": "General information on the product.",
          "obligation": "asAvailable",
          "citations": [{"place": "Art. 14(2)(b)", "mark": "verified"}],
          "fields": ["6", "7"],
          "helpful": ["8", "9", "10", "12"]
        },
        {
          "id": "AEV-72-2",
          "text": "The general nature of the exploit.",
          "obligation": "asAvailable",
          "citations": [{"place": "Art. 14(2)(b)", "mark": "verified"}],
          "fields": ["v21"],
          "helpful": ["18"]
        },
        {
          "id": "AEV-72-3",
          "text": "The general nature of the vulnerability.",
          "obligation": "asAvailable",
          "citations": [{"place": "Art. 14(2)(b)", "mark": "verified"}],
          "fields": ["v21"],
          "helpful": ["v19", "v20"]
        },
        {
          "id": "AEV-72-4",
          "text": "Corrective or mitigating measures taken.",
          "obligation": "asAvailable",
          "citations": [{"place": "Art. 14(2)(b)", "mark": "verified"}],
          "fields": ["16"]
        },
        {
          "id": "AEV-72-5",
          "text": "Corrective or mitigating measures that users can take.",
          "obligation": "asAvailable",
          "citations": [{"place": "Art. 14(2)(b)", "mark": "verified"}],
          "fields": ["17"],
          "helpful": ["14"]
        },
        {
          "id": "AEV-72-6",
          "text": "How sensitive the manufacturer considers the information.",
          "obligation": "whereApplicable",
          "citations": [{"place": "Art. 14(2)(b)", "mark": "verified"}],
          "fields": ["15"]
        },
        {
          "id": "AEV-72-7",
          "text": "That a particularly exceptional circumstance is claimed, and on which ground.",
          "obligation": "optional",
          "citations": [{"place": "Art. 16(2), third subparagraph", "mark": "verified"}],
          "fields": ["v28"],
          "helpful": ["v29", "v30"]
        }
      ]
    },
    {
      "kind": "vulnerability",
      "stage": "finalReport",
      "citations": [{"place": "Art. 14(2)(c)", "mark": "verified"}],
      "skip": {
        "text": "Not needed when everything it asks for was already given.",
        "citations": [{"place": "Art. 14(2) and (4)", "mark": "verified"}]
      },
      "elements": [
        {
          "id": "AEV-FR-1",
          "text": "A description of the vulnerability.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(2)(c)(i)", "mark": "verified"}],
          "fields": ["v24", "v25"]
        },
        {
          "id": "AEV-FR-2",
          "text": "Its severity.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(2)(c)(i)", "mark": "verified"}],
          "fields": ["v24"]
        },
        {
          "id": "AEV-FR-3",
          "text": "Its impact.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(2)(c)(i)", "mark": "verified"}],
          "fields": ["v25"]
        },
        {
          "id": "AEV-FR-4",
          "text": "What is known of the malicious actor.",
          "obligation": "whereAvailable",
          "citations": [{"place": "Art. 14(2)(c)(ii)", "mark": "verified"}],
          "fields": ["v27"]
        },
        {
          "id": "AEV-FR-5",
          "text": "The security update or other corrective measure that was made available.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(2)(c)(iii)", "mark": "verified"}],
          "fields": ["v22", "v23"],
          "helpful": ["16", "17"]
        }
      ]
    },
    {
      "kind": "incident",
      "stage": "earlyWarning",
      "citations": [{"place": "Art. 14(4)(a)", "mark": "verified"}],
      "elements": [
        {
          "id": "SI-24-1",
          "text": "Whether unlawful or malicious acts are suspected.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(a)", "mark": "verified"}],
          "fields": ["i31"]
        },
        {
          "id": "SI-24-2",
          "text": "The Member States where the manufacturer knows the product was made available.",
          "obligation": "whereApplicable",
          "citations": [{"place": "Art. 14(4)(a)", "mark": "verified"}],
          "fields": ["5"]
        },
        {
          "id": "SI-24-3",
          "text": "The warning itself: which product, which incident.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(a)", "mark": "verified"}],
          "fields": ["1", "2", "3", "6", "7"]
        }
      ]
    },
    {
      "kind": "incident",
      "stage": "notification",
      "citations": [{"place": "Art. 14(4)(b)", "mark": "verified"}],
      "skip": {
        "text": "Not needed when everything it asks for was already given.",
        "citations": [{"place": "Art. 14(2) and (4)", "mark": "verified"}]
      },
      "elements": [
        {
          "id": "SI-72-1",
          "text": "General information on the nature of the incident.",
          "obligation": "whereAvailable",
          "citations": [{"place": "Art. 14(4)(b)", "mark": "verified"}],
          "fields": ["i32"],
          "helpful": ["i38"]
        },
        {
          "id": "SI-72-2",
          "text": "An initial assessment of the incident.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(b)", "mark": "verified"}],
          "fields": ["i39"]
        },
        {
          "id": "SI-72-3",
          "text": "Corrective or mitigating measures taken.",
          "obligation": "mandatoryIfAny",
          "citations": [{"place": "Art. 14(4)(b)", "mark": "verified"}],
          "fields": ["16"],
          "helpful": ["i33"]
        },
        {
          "id": "SI-72-4",
          "text": "Corrective or mitigating measures that users can take.",
          "obligation": "mandatoryIfAny",
          "citations": [{"place": "Art. 14(4)(b)", "mark": "verified"}],
          "fields": ["17"],
          "helpful": ["14"]
        },
        {
          "id": "SI-72-5",
          "text": "How sensitive the manufacturer considers the information.",
          "obligation": "whereApplicable",
          "citations": [{"place": "Art. 14(4)(b)", "mark": "verified"}],
          "fields": ["15"]
        }
      ]
    },
    {
      "kind": "incident",
      "stage": "finalReport",
      "citations": [{"place": "Art. 14(4)(c)", "mark": "verified"}],
      "skip": {
        "text": "Not needed when everything it asks for was already given.",
        "citations": [{"place": "Art. 14(2) and (4)", "mark": "verified"}]
      },
      "elements": [
        {
          "id": "SI-FR-1",
          "text": "A detailed description of the incident.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(c)(i)", "mark": "verified"}],
          "fields": ["i34", "i35"]
        },
        {
          "id": "SI-FR-2",
          "text": "Its severity.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(c)(i)", "mark": "verified"}],
          "fields": ["i34"]
        },
        {
          "id": "SI-FR-3",
          "text": "Its impact.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(c)(i)", "mark": "verified"}],
          "fields": ["i35"]
        },
        {
          "id": "SI-FR-4",
          "text": "The likely type of threat, or the root cause.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(c)(ii)", "mark": "verified"}],
          "fields": ["i36"]
        },
        {
          "id": "SI-FR-5",
          "text": "Mitigation that was applied and that goes on.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(4)(c)(iii)", "mark": "verified"}],
          "fields": ["i33"],
          "helpful": ["16", "17"]
        }
      ]
    },
    {
      "kind": "vulnerability",
      "stage": "intermediateReport",
      "citations": [{"place": "Art. 14(6)", "mark": "verified"}],
      "elements": [
        {
          "id": "INT-1",
          "text": "Status updates that matter, as the CSIRT asked.",
          "obligation": "onRequest",
          "citations": [{"place": "Art. 14(6)", "mark": "verified"}]
        }
      ]
    },
    {
      "kind": "vulnerability",
      "stage": "userNotice",
      "citations": [{"place": "Art. 14(8)", "mark": "verified"}],
      "elements": [
        {
          "id": "USR-1",
          "text": "The users concerned, and where appropriate all users, are told of the vulnerability.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(8)", "mark": "verified"}]
        },
        {
          "id": "USR-2",
          "text": "What users can do to mitigate or correct it.",
          "obligation": "whereNecessary",
          "citations": [{"place": "Art. 14(8)", "mark": "verified"}]
        },
        {
          "id": "USR-3",
          "text": "In a structured form that machines read easily, such as CSAF.",
          "obligation": "whereAppropriate",
          "citations": [{"place": "Art. 14(8)", "mark": "verified"}]
        },
        {
          "id": "USR-4",
          "text": "How far it is disclosed follows the risk; it may be kept to the users concerned.",
          "obligation": "interpretive",
          "citations": [{"place": "guidance pts 220-221", "mark": "guidance"}]
        }
      ]
    },
    {
      "kind": "incident",
      "stage": "intermediateReport",
      "citations": [{"place": "Art. 14(6)", "mark": "verified"}],
      "elements": [
        {
          "id": "INT-1",
          "text": "Status updates that matter, as the CSIRT asked.",
          "obligation": "onRequest",
          "citations": [{"place": "Art. 14(6)", "mark": "verified"}]
        }
      ]
    },
    {
      "kind": "incident",
      "stage": "userNotice",
      "citations": [{"place": "Art. 14(8)", "mark": "verified"}],
      "elements": [
        {
          "id": "USR-1",
          "text": "The users concerned, and where appropriate all users, are told of the incident.",
          "obligation": "mandatory",
          "citations": [{"place": "Art. 14(8)", "mark": "verified"}]
        },
        {
          "id": "USR-2",
          "text": "What users can do to mitigate or correct it.",
          "obligation": "whereNecessary",
          "citations": [{"place": "Art. 14(8)", "mark": "verified"}]
        },
        {
          "id": "USR-3",
          "text": "In a structured form that machines read easily, such as CSAF.",
          "obligation": "whereAppropriate",
          "citations": [{"place": "Art. 14(8)", "mark": "verified"}]
        },
        {
          "id": "USR-4",
          "text": "How far it is disclosed follows the risk; it may be kept to the users concerned.",
          "obligation": "interpretive",
          "citations": [{"place": "guidance pts 220-221", "mark": "guidance"}]
        }
      ]
    }
  ],
  "exceptionalCircumstances": {
    "rule": {
      "text": "Only in the 72-hour notification of a vulnerability. ENISA then first learns that there is a notification, general information on the product, the general nature of the exploit, and that security grounds were raised.",
      "citations": [{"place": "Art. 16(2), third subparagraph", "mark": "verified"}]
    },
    "grounds": [
      {
        "id": "PEC-a",
        "text": "As far as known it is exploited only in the Member State of the receiving CSIRT.",
        "citations": [{"place": "Art. 16(2), third subparagraph", "mark": "verified"}]
      },
      {
        "id": "PEC-b",
        "text": "Passing it on at once would disclose what is against that Member State's essential interests.",
        "citations": [{"place": "Art. 16(2), third subparagraph", "mark": "verified"}]
      },
      {
        "id": "PEC-c",
        "text": "Passing it on would itself create an imminent high cybersecurity risk.",
        "citations": [{"place": "Art. 16(2), third subparagraph", "mark": "verified"}]
      }
    ]
  },
  "delayedDissemination": {
    "rule": {
      "text": "The receiving CSIRT decides whether it passes a notification on later; the manufacturer may ask. The manufacturer's own deadlines stay as they are.",
      "citations": [
        {"place": "Art. 16(2), second subparagraph", "mark": "verified"},
        {"place": "Del. Reg. (EU) 2026/881", "mark": "verified"}
      ]
    },
    "grounds": [
      {
        "id": "D3a",
        "text": "The manufacturer said that an effective mitigation is expected within 72 hours. If it does not come, the notification is passed on.",
        "citations": [{"place": "2026/881 Art. 3(a)", "mark": "verified"}]
      },
      {
        "id": "D3b",
        "text": "The content would be enough to build an exploit, above all for actors of little skill. Ends when a mitigation is there.",
        "citations": [{"place": "2026/881 Art. 3(b)", "mark": "verified"}]
      },
      {
        "id": "D3c",
        "text": "The CSIRT can share enough for others to mitigate without the rest.",
        "citations": [{"place": "2026/881 Art. 3(c)", "mark": "verified"}]
      },
      {
        "id": "D3d",
        "text": "The CSIRT is the trusted intermediary of a coordinated disclosure.",
        "citations": [{"place": "2026/881 Art. 3(d)", "mark": "verified"}]
      },
      {
        "id": "D4",
        "text": "There is doubt that a receiving CSIRT can keep it confidential.",
        "citations": [{"place": "2026/881 Art. 4", "mark": "verified"}]
      },
      {
        "id": "D5",
        "text": "The platform itself is compromised.",
        "citations": [{"place": "2026/881 Art. 5", "mark": "verified"}]
      }
    ]
  }
}
"""#
}
