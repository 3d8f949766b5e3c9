// swift-format-ignore-file

extension FactFile {
    static let conformity = #"""
{
 "asOf": "2026-10-06",
 "applies": "2027-12-11",
 "law": [
  {
   "tier": "default",
   "route": "A",
   "allowed": "always",
   "reason": {
    "text": "Self-assessment is allowed for a default product.",
    "citations": [
     {
      "place": "Art. 32(1)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "default",
   "route": "BC",
   "allowed": "always",
   "reason": {
    "text": "Type examination is allowed for a default product.",
    "citations": [
     {
      "place": "Art. 32(1)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "default",
   "route": "H",
   "allowed": "always",
   "reason": {
    "text": "Full quality assurance is allowed for a default product.",
    "citations": [
     {
      "place": "Art. 32(1)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "default",
   "route": "certificate",
   "allowed": "always",
   "reason": {
    "text": "A European certification scheme designated under Art. 27(9) may be used.",
    "citations": [
     {
      "place": "Art. 32(1)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "importantI",
   "route": "A",
   "allowed": "ifCovered",
   "reason": {
    "text": "Self-assessment is allowed only when cited harmonised standards, common specifications or a certificate at level substantial or above cover the risks of the core functionality and are applied in full.",
    "citations": [
     {
      "place": "Art. 32(2)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 148-152",
      "mark": "guidance"
     }
    ]
   }
  },
  {
   "tier": "importantI",
   "route": "BC",
   "allowed": "always",
   "reason": {
    "text": "Type examination is allowed for an important product of class I.",
    "citations": [
     {
      "place": "Art. 32(2)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "importantI",
   "route": "H",
   "allowed": "always",
   "reason": {
    "text": "Full quality assurance is allowed for an important product of class I.",
    "citations": [
     {
      "place": "Art. 32(2)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "importantI",
   "route": "certificate",
   "allowed": "never",
   "reason": {
    "text": "For class I a certificate opens self-assessment; by our reading of Art. 32(2) it is not a route beside it.",
    "citations": [
     {
      "place": "Art. 32(2)",
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
   "tier": "importantII",
   "route": "A",
   "allowed": "never",
   "reason": {
    "text": "Self-assessment is not allowed for an important product of class II.",
    "citations": [
     {
      "place": "Art. 32(3)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "importantII",
   "route": "BC",
   "allowed": "always",
   "reason": {
    "text": "Type examination is allowed for an important product of class II.",
    "citations": [
     {
      "place": "Art. 32(3)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "importantII",
   "route": "H",
   "allowed": "always",
   "reason": {
    "text": "Full quality assurance is allowed for an important product of class II.",
    "citations": [
     {
      "place": "Art. 32(3)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "importantII",
   "route": "certificate",
   "allowed": "always",
   "reason": {
    "text": "A certificate at level substantial or above, of a scheme designated under Art. 27(9), is a route for class II.",
    "citations": [
     {
      "place": "Art. 32(3)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "critical",
   "route": "A",
   "allowed": "never",
   "reason": {
    "text": "Self-assessment is not allowed for a critical product.",
    "citations": [
     {
      "place": "Art. 32(4)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "critical",
   "route": "BC",
   "allowed": "unlessRequired",
   "reason": {
    "text": "Type examination is allowed for a critical product while no delegated act asks for a certificate.",
    "citations": [
     {
      "place": "Art. 32(4)",
      "mark": "verified"
     },
     {
      "place": "Art. 8(1)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "critical",
   "route": "H",
   "allowed": "unlessRequired",
   "reason": {
    "text": "Full quality assurance is allowed for a critical product while no delegated act asks for a certificate.",
    "citations": [
     {
      "place": "Art. 32(4)",
      "mark": "verified"
     },
     {
      "place": "Art. 8(1)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "tier": "critical",
   "route": "certificate",
   "allowed": "always",
   "reason": {
    "text": "A certificate is the route where a delegated act under Art. 8(1) asks for it; without such an act it is one of the routes of class II.",
    "citations": [
     {
      "place": "Art. 32(4)",
      "mark": "verified"
     },
     {
      "place": "Art. 8(1)",
      "mark": "verified"
     }
    ]
   }
  }
 ],
 "freeSoftware": {
  "text": "Free software in an Annex III category may use any route of Art. 32(1), as its technical documentation is public at placing.",
  "citations": [
   {
    "place": "Art. 32(5)",
    "mark": "verified"
   }
  ]
 },
 "modules": [
  {
   "route": "A",
   "title": "Module A, internal control",
   "annex": "Annex VIII, Part I",
   "steps": [
    "Technical documentation (Annex VII)",
    "Design, production and vulnerability handling as Annex I asks",
    "CE marking on each product",
    "Declaration, kept ten years or for the support period"
   ]
  },
  {
   "route": "BC",
   "title": "Modules B and C, type examination and conformity to type",
   "annex": "Annex VIII, Parts II and III",
   "steps": [
    "Application to one notified body",
    "Documentation, evidence, specimens",
    "Certificate on the type and on vulnerability handling",
    "Changes are told to the body",
    "Periodic audits of vulnerability handling",
    "Production conforms to the type; CE marking; declaration per model"
   ]
  },
  {
   "route": "H",
   "title": "Module H, full quality assurance",
   "annex": "Annex VIII, Part IV",
   "steps": [
    "Quality system approved for design, development, final inspection and vulnerability handling, through the support period",
    "Surveillance audits",
    "CE marking with the number of the body (Art. 30(4))"
   ]
  },
  {
   "route": "certificate",
   "title": "European cybersecurity certificate",
   "annex": "Art. 27(9)",
   "steps": [
    "Certificate at the level asked for, under a designated scheme",
    "Declaration and CE marking"
   ]
  }
 ],
 "presumption": {
  "text": "A standard, specification or certificate gives a presumption only for what it covers; further functions need measures of their own.",
  "citations": [
   {
    "place": "guidance pts 150-155",
    "mark": "guidance"
   }
  ]
 },
 "observations": [
  {
   "kind": "harmonisedStandard",
   "asOf": "2026-10-06",
   "reason": {
    "text": "No harmonised standard was cited in the Official Journal.",
    "citations": [
     {
      "place": "dated summary of 2026-10-06",
      "mark": "secondary"
     }
    ]
   },
   "from": "2026-10-06"
  },
  {
   "kind": "commonSpecification",
   "asOf": "2026-10-06",
   "reason": {
    "text": "No common specification was adopted.",
    "citations": [
     {
      "place": "dated summary of 2026-10-06",
      "mark": "secondary"
     }
    ]
   },
   "from": "2026-10-06"
  },
  {
   "kind": "scheme",
   "asOf": "2026-10-06",
   "reason": {
    "text": "No scheme was designated under Art. 27(9). EUCC exists (Implementing Regulation (EU) 2024/482); the act that would give it effect here was planned for the fourth quarter of 2026 and was not found.",
    "citations": [
     {
      "place": "dated summary of 2026-10-06",
      "mark": "secondary"
     }
    ]
   },
   "from": "2026-10-06"
  },
  {
   "kind": "requiredCertificate",
   "asOf": "2026-10-06",
   "reason": {
    "text": "No delegated act under Art. 8(1) was adopted.",
    "citations": [
     {
      "place": "dated summary of 2026-10-06",
      "mark": "secondary"
     }
    ]
   },
   "from": "2026-10-06"
  },
  {
   "kind": "notifiedBody",
   "asOf": "2026-10-01",
   "reason": {
    "text": "No notified body was listed on any working day from 21 June to 1 October 2026.",
    "citations": [
     {
      "place": "dated checks of the list, to 2026-10-01",
      "mark": "secondary"
     }
    ]
   },
   "from": "2026-06-21"
  }
 ]
}
"""#
}
