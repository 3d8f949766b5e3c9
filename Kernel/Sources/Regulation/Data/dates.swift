// swift-format-ignore-file

extension FactFile {
    static let dates = #"""
{
 "asOf": "2026-11-22",
 "reporting": "2026-09-11",
 "general": "2027-12-11",
 "events": [
  {
   "id": "adoption",
   "day": "2024-10-23",
   "what": "The Regulation was adopted",
   "citations": [
    {
     "place": "title",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "publication",
   "day": "2024-11-20",
   "what": "Published: OJ L, 2024/2847",
   "citations": [
    {
     "place": "OJ L, 2024/2847",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "entry-into-force",
   "day": "2024-12-10",
   "what": "Entry into force",
   "citations": [
    {
     "place": "Art. 71(1)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "corrigendum-2",
   "day": "2025-07-02",
   "what": "Corrigendum: Art. 64(10) reads paragraphs 2 to 9",
   "citations": [
    {
     "place": "corrigendum R(02)",
     "mark": "secondary"
    }
   ]
  },
  {
   "id": "radio-equipment",
   "day": "2025-08-01",
   "what": "Cybersecurity requirements of Delegated Regulation (EU) 2022/30 apply to radio equipment",
   "citations": [
    {
     "place": "FAQ 2.6.1",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "descriptions",
   "day": "2025-12-21",
   "what": "Implementing Regulation (EU) 2025/2392, technical descriptions, in force",
   "citations": [
    {
     "place": "Art. 7(4)",
     "mark": "secondary"
    }
   ]
  },
  {
   "id": "delay-of-notices",
   "day": "2026-05-10",
   "what": "Delegated Regulation (EU) 2026/881 in force",
   "citations": [
    {
     "place": "Delegated Regulation (EU) 2026/881, Art. 6",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "notified-bodies",
   "day": "2026-06-11",
   "what": "Chapter IV applies: notification of conformity assessment bodies",
   "citations": [
    {
     "place": "Art. 71(2)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "guidance",
   "day": "2026-07-27",
   "what": "Commission guidance C(2026) 5252",
   "citations": [
    {
     "place": "Art. 26",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "reporting",
   "day": "2026-09-11",
   "what": "Article 14 applies, to every product in scope that was ever placed",
   "citations": [
    {
     "place": "Art. 71(2)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "enough-bodies",
   "day": "2026-12-11",
   "what": "Member States strive to have enough notified bodies",
   "citations": [
    {
     "place": "Art. 35(2)",
     "mark": "secondary"
    }
   ]
  },
  {
   "id": "general",
   "day": "2027-12-11",
   "what": "Everything else applies: Annex I, conformity, CE marking, documentation, support period, stewards",
   "citations": [
    {
     "place": "Art. 71(2)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "radio-equipment-end",
   "day": "2027-12-11",
   "what": "The Commission aims to repeal Delegated Regulation (EU) 2022/30; adoption was not confirmed",
   "citations": [
    {
     "place": "FAQ 2.6.1",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "old-certificates",
   "day": "2028-06-11",
   "what": "Old EU-type certificates on cybersecurity end at the latest",
   "citations": [
    {
     "place": "Art. 69(1)",
     "mark": "verified"
    }
   ]
  }
 ],
 "rules": [
  {
   "id": "T1",
   "reason": {
    "text": "A unit that was placed before 11 December 2027 comes under the whole Regulation only if it is substantially modified from that day on. Article 14 applies to it all the same.",
    "citations": [
     {
      "place": "Art. 69(2)",
      "mark": "verified"
     },
     {
      "place": "Art. 69(3)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "T2",
   "reason": {
    "text": "Placing is judged unit by unit, not by type: a new unit of an old design, placed from 11 December 2027 on, needs full conformity. Old records of design and tests need not be made again.",
    "citations": [
     {
      "place": "Art. 3(21)",
      "mark": "verified"
     },
     {
      "place": "Art. 71(2)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 11, 33-39",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "T3",
   "reason": {
    "text": "What was placed before 11 December 2027 and is still with a distributor may be sold on.",
    "citations": [
     {
      "place": "FAQ 7.5",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "T4",
   "reason": {
    "text": "A version of standalone software is placed when it is first offered. Updates that are not substantial keep that day.",
    "citations": [
     {
      "place": "guidance pts 13-15",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "T5",
   "reason": {
    "text": "Exploitation that was known before 11 September 2026 is not reported afterwards.",
    "citations": [
     {
      "place": "guidance pt 217",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "T6",
   "reason": {
    "text": "Article 14 goes on after the support period.",
    "citations": [
     {
      "place": "guidance pt 210",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "M1",
   "reason": {
    "text": "A unit that is substantially modified from 11 December 2027 on counts as newly placed.",
    "citations": [
     {
      "place": "Art. 69(2)",
      "mark": "verified"
     },
     {
      "place": "guidance pt 122",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "M2",
   "reason": {
    "text": "When the manufacturer itself modifies, the work may be limited to the changed part, unless the security of the whole suffers.",
    "citations": [
     {
      "place": "guidance pt 124",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "M3",
   "reason": {
    "text": "An importer or distributor that modifies substantially becomes the manufacturer.",
    "citations": [
     {
      "place": "Art. 21",
      "mark": "secondary"
     }
    ]
   }
  },
  {
   "id": "M4",
   "reason": {
    "text": "Anyone else who modifies substantially is the manufacturer of the affected part, or of the whole when its security is affected.",
    "citations": [
     {
      "place": "Art. 22",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "M5",
   "reason": {
    "text": "A substantial modification calls for another look at the support period. It does not start it again by itself.",
    "citations": [
     {
      "place": "guidance pts 133-135",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "M6",
   "reason": {
    "text": "Of software, each version that is substantially modified has a declared support period of its own.",
    "citations": [
     {
      "place": "guidance pts 128-135",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "CE1",
   "reason": {
    "text": "Software carries its CE marking on the EU declaration of conformity, or on the website that goes with it, easily and directly accessible.",
    "citations": [
     {
      "place": "Art. 30",
      "mark": "verified"
     }
    ]
   }
  }
 ],
 "support": [
  {
   "id": "floor",
   "reason": {
    "text": "The support period is at least five years. Where the product is expected to be in use for less, it equals that time.",
    "citations": [
     {
      "place": "Art. 13(8)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "expectedUse",
   "reason": {
    "text": "The support period reflects the time the product is expected to be in use.",
    "citations": [
     {
      "place": "Art. 13(8)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "fiveIsNoDefault",
   "reason": {
    "text": "Five years are a floor, not a default: a product that is expected to be in use for longer needs longer support.",
    "citations": [
     {
      "place": "Art. 13(8)",
      "mark": "verified"
     },
     {
      "place": "guidance pt 126",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "fiveIsNotReporting",
   "reason": {
    "text": "The end of support ends neither the reporting under Article 14 nor the time for which updates and documents are kept.",
    "citations": [
     {
      "place": "Art. 13(9)",
      "mark": "verified"
     },
     {
      "place": "Art. 13(13)",
      "mark": "verified"
     },
     {
      "place": "guidance pt 210",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "id": "basis",
   "reason": {
    "text": "What was taken into account for the support period belongs into the technical documentation.",
    "citations": [
     {
      "place": "Art. 13(8)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "lastUnit",
   "reason": {
    "text": "By our reading the floor is counted from the placing of each unit, so that one end date for a product must suit the unit that was placed last.",
    "citations": [
     {
      "place": "Art. 13(8)",
      "mark": "verified"
     },
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "endDate",
   "reason": {
    "text": "The end of support is stated at purchase, at least with month and year.",
    "citations": [
     {
      "place": "Art. 13(19)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "endNotice",
   "reason": {
    "text": "Where technically feasible, users are told when the product reaches the end of its support.",
    "citations": [
     {
      "place": "Art. 13(19)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "earlyNotice",
   "reason": {
    "text": "A notice ahead of the end is our choice. The law asks for the date at purchase and a notice at the end.",
    "citations": [
     {
      "place": "our choice",
      "mark": "interpretation"
     },
     {
      "place": "Art. 13(19)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "updates",
   "reason": {
    "text": "Each security update stays available for ten years after it was issued, or for the rest of the support period, whichever is longer.",
    "citations": [
     {
      "place": "Art. 13(9)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "documents",
   "reason": {
    "text": "Technical documentation and declaration are kept for ten years after placing, or for the support period, whichever is longer.",
    "citations": [
     {
      "place": "Art. 13(13)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "userInformation",
   "reason": {
    "text": "User information stays available for ten years after placing, or for the support period, whichever is longer.",
    "citations": [
     {
      "place": "Art. 13(18)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "supplyChain",
   "reason": {
    "text": "Who supplied and who was supplied can be named for ten years.",
    "citations": [
     {
      "place": "Art. 23(2)",
      "mark": "verified"
     }
    ]
   }
  }
 ],
 "criteria": [
  {
   "id": "expectedUse",
   "text": "how long the product is expected to be in use",
   "must": true,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "userExpectations",
   "text": "what users can reasonably expect",
   "must": true,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "nature",
   "text": "nature and intended purpose of the product",
   "must": true,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "unionLaw",
   "text": "Union law that sets a lifetime for such products",
   "must": true,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "similarProducts",
   "text": "support periods of similar products",
   "must": false,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "environment",
   "text": "availability of the operating environment, such as networks that will be switched off",
   "must": false,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "components",
   "text": "support periods of core components from third parties",
   "must": false,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "authorities",
   "text": "guidance by authorities or the Commission",
   "must": false,
   "citations": [
    {
     "place": "Art. 13(8)",
     "mark": "verified"
    }
   ]
  }
 ],
 "partI": {
  "text": "Part I of Annex I is judged when the unit is placed on the market.",
  "citations": [
   {
    "place": "Art. 13(1)",
    "mark": "verified"
   }
  ]
 },
 "partII": {
  "text": "Vulnerabilities are handled as Part II of Annex I asks, through the support period.",
  "citations": [
   {
    "place": "Art. 13(8)",
    "mark": "verified"
   }
  ]
 },
 "article14": {
  "text": "Actively exploited vulnerabilities and severe incidents are reported.",
  "citations": [
   {
    "place": "Art. 14(1)",
    "mark": "verified"
   },
   {
    "place": "Art. 14(3)",
    "mark": "verified"
   },
   {
    "place": "Art. 71(2)",
    "mark": "verified"
   }
  ]
 }
}
"""#
}
