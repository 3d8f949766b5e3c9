// swift-format-ignore-file

extension FactFile {
    static let article13 = #"""
{
 "asOf": "2026-11-22",
 "obligations": [
  {
   "id": "13.1",
   "duty": "Place only products designed, developed, produced per Annex I Part I.",
   "phase": "design",
   "until": "placing",
   "evidence": [
    "conformity matrix"
   ],
   "citations": [
    {
     "place": "Art. 13(1)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.2",
   "duty": "Do a cybersecurity risk assessment and use it in planning, design, development, production, delivery, maintenance.",
   "phase": "design",
   "until": "support",
   "evidence": [
    "risk assessment with versions"
   ],
   "citations": [
    {
     "place": "Art. 13(2)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.3",
   "duty": "Document and update it through the support period; cover intended purpose, foreseeable use, conditions of use, assets, expected use time; say whether and how each Part I(2) point applies and how Part I(1) and Part II are met.",
   "phase": "design",
   "until": "support",
   "evidence": [
    "applicability table"
   ],
   "citations": [
    {
     "place": "Art. 13(3)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.4",
   "duty": "Put it in the technical documentation; justify every non-applicable requirement.",
   "phase": "design",
   "until": "placing",
   "evidence": [
    "justifications"
   ],
   "citations": [
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.5",
   "duty": "Due diligence on third-party components, incl. non-commercial open source.",
   "phase": "design",
   "until": "placing",
   "evidence": [
    "component register",
    "supplier checks"
   ],
   "citations": [
    {
     "place": "Art. 13(5)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.6",
   "duty": "Report component vulnerabilities to the maker/maintainer, remediate, share own fixes (machine-readable where appropriate).",
   "phase": "operate",
   "until": "support",
   "evidence": [
    "upstream report log; exceptions: maintainer already aware, no maintainer, version not integrated (guidance pts 223-229)"
   ],
   "citations": [
    {
     "place": "Art. 13(6)",
     "mark": "verified"
    },
    {
     "place": "guidance pts 223-229",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "13.7",
   "duty": "Systematically document security aspects and vulnerabilities; update the risk assessment.",
   "phase": "operate",
   "until": "support",
   "evidence": [
    "vulnerability register"
   ],
   "citations": [
    {
     "place": "Art. 13(7)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.8",
   "duty": "Handle vulnerabilities for the support period; set it by expected use, user expectations, nature and purpose, Union law (may also weigh similar products, operating environment, core third-party components, ADCO/Commission guidance); at least 5 years unless expected use is shorter; document the basis; have policies incl. CVD.",
   "phase": "design",
   "until": "support",
   "evidence": [
    "support-period decision record"
   ],
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
  },
  {
   "id": "13.9",
   "duty": "Keep each security update available for 10 years or the rest of the support period, whichever is longer.",
   "phase": "operate",
   "until": "updates",
   "evidence": [
    "update archive"
   ],
   "citations": [
    {
     "place": "Art. 13(9)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.10",
   "duty": "Software: may fix only the latest version if users get it free and without extra environment costs.",
   "phase": "operate",
   "until": "support",
   "evidence": [
    "upgrade terms"
   ],
   "citations": [
    {
     "place": "Art. 13(10)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.11",
   "duty": "Public archives of old versions allowed with clear risk notice.",
   "phase": "operate",
   "until": "none",
   "evidence": [
    "notice"
   ],
   "citations": [
    {
     "place": "Art. 13(11)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.12",
   "duty": "Before placing: technical documentation, conformity assessment, declaration, CE marking.",
   "phase": "place",
   "until": "placing",
   "evidence": [
    "gate"
   ],
   "citations": [
    {
     "place": "Art. 13(12)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.13",
   "duty": "Keep documentation and declaration 10 years or support period, whichever is longer.",
   "phase": "operate",
   "until": "retention",
   "evidence": [
    "retention lock"
   ],
   "citations": [
    {
     "place": "Art. 13(13)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.14",
   "duty": "Procedures so series production stays conform; react to design/standard changes.",
   "phase": "operate",
   "until": "none",
   "evidence": [
    "change control"
   ],
   "citations": [
    {
     "place": "Art. 13(14)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.15",
   "duty": "Type, batch or serial number or other identifier.",
   "phase": "place",
   "until": "placing",
   "evidence": [
    "identification"
   ],
   "citations": [
    {
     "place": "Art. 13(15)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.16",
   "duty": "Name, contact and website on product, packaging or document, and in user information.",
   "phase": "place",
   "until": "placing",
   "evidence": [
    "label"
   ],
   "citations": [
    {
     "place": "Art. 13(16)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.17",
   "duty": "Single point of contact, easy to identify, free choice of means, not only automated tools.",
   "phase": "place",
   "until": "support",
   "evidence": [
    "contact record"
   ],
   "citations": [
    {
     "place": "Art. 13(17)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.18",
   "duty": "Annex II user information, clear, in an easily understood language; keep available 10 years or support period.",
   "phase": "place",
   "until": "retention",
   "evidence": [
    "user documentation"
   ],
   "citations": [
    {
     "place": "Art. 13(18)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.19",
   "duty": "State the support end date (at least month and year) at purchase and where applicable on product/packaging/digitally; notify users at end of support where technically feasible.",
   "phase": "place",
   "until": "supportNotice",
   "evidence": [
    "sales page capture",
    "EoS notice"
   ],
   "citations": [
    {
     "place": "Art. 13(19)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.20",
   "duty": "Supply the declaration or a simplified one with the exact internet address.",
   "phase": "place",
   "until": "placing",
   "evidence": [
    "declaration"
   ],
   "citations": [
    {
     "place": "Art. 13(20)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.21",
   "duty": "On suspected non-conformity during support: correct, withdraw or recall immediately.",
   "phase": "operate",
   "until": "support",
   "evidence": [
    "corrective action log"
   ],
   "citations": [
    {
     "place": "Art. 13(21)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.22",
   "duty": "Give authorities information on reasoned request in an easily understood language, and cooperate.",
   "phase": "operate",
   "until": "retention",
   "evidence": [
    "authority file"
   ],
   "citations": [
    {
     "place": "Art. 13(22)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.23",
   "duty": "Before ceasing operations inform authorities and, as far as possible, users.",
   "phase": "operate",
   "until": "none",
   "evidence": [
    "cessation plan"
   ],
   "citations": [
    {
     "place": "Art. 13(23)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.24",
   "duty": "The Commission may fix format and elements of the SBOM by implementing act; none was listed on 2026-10-06.",
   "phase": "watch",
   "until": "watch",
   "evidence": [
    "watch"
   ],
   "citations": [
    {
     "place": "Art. 13(24)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "13.25",
   "duty": "Supply SBOMs for an ADCO dependency assessment if authorities ask.",
   "phase": "operate",
   "until": "retention",
   "evidence": [
    "SBOM export"
   ],
   "citations": [
    {
     "place": "Art. 13(25)",
     "mark": "verified"
    }
   ]
  }
 ]
}
"""#
}
