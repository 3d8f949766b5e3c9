// swift-format-ignore-file

extension FactFile {
    static let documents = #"""
{
 "asOf": "2026-11-22",
 "fields": [
  {
   "id": "productName",
   "label": "Name of the product",
   "from": "the product's page"
  },
  {
   "id": "productType",
   "label": "Type",
   "from": "the product's page"
  },
  {
   "id": "productIdentifier",
   "label": "Batch, serial or other unique identification",
   "from": "the product's page"
  },
  {
   "id": "productTrace",
   "label": "Identification that allows tracing, and a picture if useful",
   "from": "the product's page"
  },
  {
   "id": "manufacturerName",
   "label": "Name or trademark of the manufacturer",
   "from": "the manufacturer's details"
  },
  {
   "id": "manufacturerPostal",
   "label": "Postal address",
   "from": "the manufacturer's details"
  },
  {
   "id": "manufacturerDigital",
   "label": "E-mail or other digital contact",
   "from": "the manufacturer's details"
  },
  {
   "id": "manufacturerWebsite",
   "label": "Website",
   "from": "the manufacturer's details"
  },
  {
   "id": "representative",
   "label": "Authorised representative, if any: name and address",
   "from": "the manufacturer's details"
  },
  {
   "id": "vulnerabilityContact",
   "label": "Single point of contact for vulnerabilities",
   "from": "the security file"
  },
  {
   "id": "disclosurePolicy",
   "label": "Where the policy on coordinated disclosure is",
   "from": "the security file"
  },
  {
   "id": "contactProof",
   "label": "Proof that the contact address is reachable",
   "from": "the security file"
  },
  {
   "id": "intendedPurpose",
   "label": "Intended purpose",
   "from": "the product's page"
  },
  {
   "id": "securityEnvironment",
   "label": "Security environment that the manufacturer provides",
   "from": "the product's page"
  },
  {
   "id": "essentialFunctions",
   "label": "Essential functions",
   "from": "the product's page"
  },
  {
   "id": "securityProperties",
   "label": "Security properties",
   "from": "the product's page"
  },
  {
   "id": "riskCircumstances",
   "label": "Foreseeable circumstances, misuse among them, that may lead to significant cybersecurity risks",
   "from": "the risk assessment"
  },
  {
   "id": "declarationAddress",
   "label": "Exact internet address of the declaration",
   "from": "the conformity section"
  },
  {
   "id": "supportType",
   "label": "Type of security support",
   "from": "the support decision"
  },
  {
   "id": "supportEnd",
   "label": "End of support",
   "from": "the support decision"
  },
  {
   "id": "commissioning",
   "label": "Secure commissioning and use through the lifetime",
   "from": "the user documentation"
  },
  {
   "id": "changes",
   "label": "How changes affect the security of data",
   "from": "the user documentation"
  },
  {
   "id": "installUpdates",
   "label": "How security updates are installed",
   "from": "the user documentation"
  },
  {
   "id": "decommissioning",
   "label": "Secure decommissioning and removal of data",
   "from": "the user documentation"
  },
  {
   "id": "automaticUpdates",
   "label": "How automatic installation of updates is turned off",
   "from": "the user documentation"
  },
  {
   "id": "integrators",
   "label": "Information for integrators",
   "from": "the user documentation"
  },
  {
   "id": "sbomAddress",
   "label": "Where the SBOM is, if it is offered to users",
   "from": "the security file"
  },
  {
   "id": "otherActs",
   "label": "Other Union acts under which the declaration is made",
   "from": "the conformity section"
  },
  {
   "id": "standards",
   "label": "Harmonised standards, common specifications or certification relied on, with the parts applied",
   "from": "the conformity section"
  },
  {
   "id": "solutions",
   "label": "Solutions adopted where none of these is applied",
   "from": "the conformity section"
  },
  {
   "id": "notifiedBody",
   "label": "Notified body: name, number, what it did, certificate",
   "from": "the conformity section"
  },
  {
   "id": "route",
   "label": "Conformity assessment procedure",
   "from": "the conformity section"
  },
  {
   "id": "additional",
   "label": "Additional information",
   "from": "the conformity section"
  },
  {
   "id": "signedFor",
   "label": "Signed for and on behalf of",
   "from": "the conformity section"
  },
  {
   "id": "placeAndDate",
   "label": "Place and date of issue",
   "from": "the conformity section"
  },
  {
   "id": "signatory",
   "label": "Name, function, signature",
   "from": "the conformity section"
  },
  {
   "id": "versions",
   "label": "Software versions that matter for conformity",
   "from": "the product's page"
  },
  {
   "id": "hardwareImages",
   "label": "Photographs or illustrations of outer features, marking and inner layout",
   "from": "the product's page"
  },
  {
   "id": "architecture",
   "label": "Design and development: drawings, schemes, system architecture, how components fit",
   "from": "the technical file"
  },
  {
   "id": "sbom",
   "label": "SBOM",
   "from": "the SBOM register"
  },
  {
   "id": "updateDistribution",
   "label": "Secure distribution of updates",
   "from": "the technical file"
  },
  {
   "id": "production",
   "label": "Production and monitoring processes, and their validation",
   "from": "the technical file"
  },
  {
   "id": "riskAssessment",
   "label": "Cybersecurity risk assessment",
   "from": "the risk assessment"
  },
  {
   "id": "annexITable",
   "label": "How each point of Annex I applies and is met",
   "from": "the Annex I table"
  },
  {
   "id": "supportBasis",
   "label": "What the support period was decided from",
   "from": "the support decision"
  },
  {
   "id": "testReports",
   "label": "Reports of tests of the product and of vulnerability handling",
   "from": "the technical file"
  },
  {
   "id": "declaration",
   "label": "Copy of the EU declaration of conformity",
   "from": "the conformity section"
  },
  {
   "id": "connectivity",
   "label": "Connectivity architecture and the register of single-network dependence",
   "from": "the estate"
  },
  {
   "id": "coreFunctionality",
   "label": "Core functionality, and the tier that follows",
   "from": "the tier inquiry"
  }
 ],
 "documents": [
  {
   "id": "declaration",
   "title": "EU declaration of conformity",
   "annex": "Annex V",
   "rules": [
    {
     "text": "The declaration states that fulfilment of the applicable requirements of Annex I was demonstrated.",
     "citations": [
      {
       "place": "Art. 28(1)",
       "mark": "verified"
      }
     ]
    },
    {
     "text": "It is kept up to date, and is in the languages that the Member States ask for in which the product is placed or made available.",
     "citations": [
      {
       "place": "Art. 28(2)",
       "mark": "verified"
      }
     ]
    },
    {
     "text": "Where several acts ask for a declaration there is a single one that names them.",
     "citations": [
      {
       "place": "Art. 28(3)",
       "mark": "verified"
      }
     ]
    },
    {
     "text": "By drawing it up the manufacturer takes responsibility.",
     "citations": [
      {
       "place": "Art. 28(4)",
       "mark": "verified"
      }
     ]
    }
   ],
   "sections": [
    {
     "ref": "Annex V, point 1",
     "heading": "Product",
     "text": [],
     "fields": [
      "productName",
      "productType",
      "productIdentifier"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex V, point 1",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex V, point 2",
     "heading": "Manufacturer",
     "text": [],
     "fields": [
      "manufacturerName",
      "manufacturerPostal"
     ],
     "optional": [
      "representative"
     ],
     "citations": [
      {
       "place": "Annex V, point 2",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex V, point 3",
     "heading": "Responsibility",
     "text": [
      "This declaration of conformity is issued under the sole responsibility of the provider."
     ],
     "fields": [],
     "optional": [],
     "citations": [
      {
       "place": "Annex V, point 3",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex V, point 4",
     "heading": "Object of the declaration",
     "text": [],
     "fields": [
      "productTrace"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex V, point 4",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex V, point 5",
     "heading": "Statement",
     "text": [
      "To be declared by the manufacturer, who alone can: the object of the declaration described above is in conformity with the relevant Union harmonisation legislation, Regulation (EU) 2024/2847 among it."
     ],
     "fields": [],
     "optional": [
      "otherActs"
     ],
     "citations": [
      {
       "place": "Annex V, point 5",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex V, point 6",
     "heading": "Standards, specifications, certification",
     "text": [],
     "fields": [
      "standards"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex V, point 6",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex V, point 7",
     "heading": "Notified body and procedure",
     "text": [],
     "fields": [
      "route"
     ],
     "optional": [
      "notifiedBody"
     ],
     "citations": [
      {
       "place": "Annex V, point 7",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex V, point 8",
     "heading": "Additional information and signature",
     "text": [],
     "fields": [
      "signedFor",
      "placeAndDate",
      "signatory"
     ],
     "optional": [
      "additional"
     ],
     "citations": [
      {
       "place": "Annex V, point 8",
       "mark": "verified"
      }
     ]
    }
   ]
  },
  {
   "id": "simplifiedDeclaration",
   "title": "Simplified EU declaration of conformity",
   "annex": "Annex VI",
   "rules": [
    {
     "text": "It carries the exact internet address of the full declaration.",
     "citations": [
      {
       "place": "Art. 13(20)",
       "mark": "verified"
      }
     ]
    }
   ],
   "sections": [
    {
     "ref": "Annex VI",
     "heading": "Declaration",
     "text": [
      "To be declared by the manufacturer named here: the product with digital elements of the type named here is in compliance with Regulation (EU) 2024/2847. The full text of the EU declaration of conformity is at the internet address given here."
     ],
     "fields": [
      "manufacturerName",
      "productType",
      "declarationAddress"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VI",
       "mark": "secondary"
      },
      {
       "place": "Art. 13(20)",
       "mark": "verified"
      }
     ]
    }
   ]
  },
  {
   "id": "userInformation",
   "title": "Information and instructions to the user",
   "annex": "Annex II",
   "rules": [
    {
     "text": "Clear, in a language that users and authorities easily understand; available for ten years after placing or for the support period, whichever is longer.",
     "citations": [
      {
       "place": "Art. 13(18)",
       "mark": "verified"
      }
     ]
    }
   ],
   "sections": [
    {
     "ref": "Annex II, point 1",
     "heading": "Manufacturer",
     "text": [],
     "fields": [
      "manufacturerName",
      "manufacturerPostal",
      "manufacturerDigital",
      "manufacturerWebsite"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex II, point 1",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 2",
     "heading": "Contact for vulnerabilities",
     "text": [],
     "fields": [
      "vulnerabilityContact",
      "disclosurePolicy"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex II, point 2",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 3",
     "heading": "Product",
     "text": [],
     "fields": [
      "productName",
      "productType",
      "productIdentifier"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex II, point 3",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 4",
     "heading": "Purpose and security",
     "text": [],
     "fields": [
      "intendedPurpose",
      "securityEnvironment",
      "essentialFunctions",
      "securityProperties"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex II, point 4",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 5",
     "heading": "Circumstances that may lead to risks",
     "text": [],
     "fields": [
      "riskCircumstances"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex II, point 5",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 6",
     "heading": "Declaration",
     "text": [],
     "fields": [],
     "optional": [
      "declarationAddress"
     ],
     "citations": [
      {
       "place": "Annex II, point 6",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 7",
     "heading": "Security support",
     "text": [],
     "fields": [
      "supportType",
      "supportEnd"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex II, point 7",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 8",
     "heading": "Instructions",
     "text": [],
     "fields": [
      "commissioning",
      "changes",
      "installUpdates",
      "decommissioning",
      "automaticUpdates"
     ],
     "optional": [
      "integrators"
     ],
     "citations": [
      {
       "place": "Annex II, point 8",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex II, point 9",
     "heading": "SBOM",
     "text": [],
     "fields": [],
     "optional": [
      "sbomAddress"
     ],
     "citations": [
      {
       "place": "Annex II, point 9",
       "mark": "verified"
      }
     ]
    }
   ]
  },
  {
   "id": "technicalDocumentation",
   "title": "Technical documentation",
   "annex": "Annex VII",
   "rules": [
    {
     "text": "Ready before placing, and kept up to date at least through the support period.",
     "citations": [
      {
       "place": "Art. 31(2)",
       "mark": "verified"
      }
     ]
    },
    {
     "text": "Where a notified body takes part, in a language that it accepts.",
     "citations": [
      {
       "place": "Art. 31(4)",
       "mark": "verified"
      }
     ]
    },
    {
     "text": "The core functionality should be clearly named.",
     "citations": [
      {
       "place": "guidance pt 144",
       "mark": "guidance"
      }
     ]
    },
    {
     "text": "A simplified form for micro and small enterprises needs an implementing act, which was not adopted by 5 October 2026.",
     "citations": [
      {
       "place": "Art. 33(5)",
       "mark": "secondary"
      }
     ]
    }
   ],
   "sections": [
    {
     "ref": "Annex VII, point 1",
     "heading": "General description",
     "text": [
      "The user information of Annex II is attached."
     ],
     "fields": [
      "intendedPurpose",
      "coreFunctionality",
      "versions"
     ],
     "optional": [
      "hardwareImages"
     ],
     "citations": [
      {
       "place": "Annex VII, point 1",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 2(a)",
     "heading": "Design and development",
     "text": [],
     "fields": [
      "architecture",
      "connectivity"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 2(a)",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 2(b)",
     "heading": "Vulnerability handling",
     "text": [],
     "fields": [
      "sbom",
      "disclosurePolicy",
      "contactProof",
      "updateDistribution"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 2(b)",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 2(c)",
     "heading": "Production and monitoring",
     "text": [],
     "fields": [
      "production"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 2(c)",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 3",
     "heading": "Risk assessment and Annex I",
     "text": [],
     "fields": [
      "riskAssessment",
      "annexITable"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 3",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 4",
     "heading": "Support period",
     "text": [],
     "fields": [
      "supportBasis",
      "supportEnd"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 4",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 5",
     "heading": "Standards or solutions",
     "text": [],
     "fields": [
      "standards"
     ],
     "optional": [
      "solutions"
     ],
     "citations": [
      {
       "place": "Annex VII, point 5",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 6",
     "heading": "Test reports",
     "text": [],
     "fields": [
      "testReports"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 6",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 7",
     "heading": "Declaration",
     "text": [],
     "fields": [
      "declaration"
     ],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 7",
       "mark": "verified"
      }
     ]
    },
    {
     "ref": "Annex VII, point 8",
     "heading": "SBOM on request",
     "text": [
      "An authority may ask for the SBOM with a reasoned request. It is kept with the vulnerability handling above, and can be exported."
     ],
     "fields": [],
     "optional": [],
     "citations": [
      {
       "place": "Annex VII, point 8",
       "mark": "verified"
      },
      {
       "place": "our reading",
       "mark": "interpretation"
      }
     ]
    }
   ]
  }
 ]
}
"""#
}
