// swift-format-ignore-file

extension FactFile {
    static let scope = #"""
{
 "scope": {
  "asOf": "2026-11-22",
  "otherwise": {
   "verdict": "applies",
   "reason": {
    "text": "A product that connects, supplied commercially in the Union, and no exclusion: the Regulation applies.",
    "citations": [
     {
      "place": "Art. 2(1)",
      "mark": "verified"
     }
    ]
   },
   "wouldChange": {
    "text": "An exclusion that turns out to hold, or a supply only outside the Union, would take it out.",
    "citations": [
     {
      "place": "Art. 2(1)-(7)",
      "mark": "verified"
     }
    ]
   }
  },
  "questions": [
   {
    "id": "S1",
    "text": "What is it that you place on the market?",
    "explanation": "A product is software or hardware together with its remote data processing. A component that is sold separately is a product of its own.",
    "citations": [
     {
      "place": "Art. 3(1)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 20-21",
      "mark": "guidance"
     }
    ],
    "effects": {
     "hardware": {
      "reason": {
       "text": "It is hardware with its software: a product in the sense of the Regulation.",
       "citations": [
        {
         "place": "Art. 3(1)",
         "mark": "verified"
        }
       ]
      },
      "findings": {
       "kind": "hardware"
      }
     },
     "software": {
      "reason": {
       "text": "Software that is supplied as such is a product.",
       "citations": [
        {
         "place": "Art. 3(1)",
         "mark": "verified"
        }
       ]
      },
      "findings": {
       "kind": "software"
      }
     },
     "component": {
      "reason": {
       "text": "A component that is placed on the market separately is a product of its own.",
       "citations": [
        {
         "place": "Art. 3(1)",
         "mark": "verified"
        },
        {
         "place": "Art. 3(6)",
         "mark": "verified"
        }
       ]
      },
      "findings": {
       "kind": "component"
      }
     },
     "service": {
      "findings": {
       "kind": "service"
      }
     },
     "none": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "Neither software nor hardware: not a product in the sense of the Regulation.",
       "citations": [
        {
         "place": "Art. 3(1)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Software or hardware that is supplied with it would be asked about on its own.",
       "citations": [
        {
         "place": "Art. 3(1)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "what is placed on the market: hardware, software, a component or only a service"
     }
    },
    "options": [
     {
      "id": "hardware",
      "text": "A device, or hardware with software"
     },
     {
      "id": "software",
      "text": "Software on its own"
     },
     {
      "id": "component",
      "text": "A hardware or software component that is sold separately"
     },
     {
      "id": "service",
      "text": "Only a service that is reached with a browser or an API"
     },
     {
      "id": "none",
      "text": "None of these"
     }
    ]
   },
   {
    "id": "S6",
    "text": "Does a device or software of yours need this service to perform one of its functions?",
    "explanation": "A service alone is no product. It is looked at as remote data processing of the product that needs it.",
    "citations": [
     {
      "place": "Art. 3(2)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 20-21",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "The service itself is not a product, but remote data processing of the product that needs it, and is assessed with it.",
       "citations": [
        {
         "place": "Art. 3(2)",
         "mark": "verified"
        },
        {
         "place": "guidance section 8.1",
         "mark": "guidance"
        }
       ]
      },
      "findings": {
       "remoteDataProcessing": "yes"
      }
     },
     "no": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "A service that is only reached through a browser, and that no product needs, is not a product with digital elements.",
       "citations": [
        {
         "place": "guidance pts 20-21",
         "mark": "guidance"
        },
        {
         "place": "FAQ 1.2",
         "mark": "guidance"
        }
       ]
      },
      "wouldChange": {
       "text": "A device or an app of yours that needs the service would bring it in, as its remote data processing.",
       "citations": [
        {
         "place": "Art. 3(2)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether a product of yours needs the service for one of its functions"
     }
    },
    "when": [
     {
      "question": "S1",
      "answers": [
       "service"
      ]
     }
    ]
   },
   {
    "id": "S2",
    "text": "Does intended or reasonably foreseeable use include a data connection to a device or a network, direct or indirect, logical or physical?",
    "explanation": "A SIM, Bluetooth, USB, a local bus that carries data: all count. A connection through another device is an indirect one.",
    "citations": [
     {
      "place": "Art. 2(1)",
      "mark": "verified"
     },
     {
      "place": "Art. 3(8)-(10)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "It connects to a device or a network in its intended or foreseeable use.",
       "citations": [
        {
         "place": "Art. 2(1)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "Without any data connection in intended or foreseeable use it is outside the Regulation.",
       "citations": [
        {
         "place": "Art. 2(1)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "A data connection in a later version would bring that version in.",
       "citations": [
        {
         "place": "Art. 2(1)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it connects to a device or network in intended or foreseeable use"
     }
    }
   },
   {
    "id": "S3",
    "text": "Is it supplied for distribution or use on the market of the Union?",
    "explanation": "Sale, lease, a free download, or delivery with a service. The first supply in the Union is the placing on the market.",
    "citations": [
     {
      "place": "Art. 3(21)",
      "mark": "verified"
     },
     {
      "place": "Art. 3(22)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "It is made available on the market of the Union.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "What is not made available on the market of the Union is outside the Regulation.",
       "citations": [
        {
         "place": "Art. 2(1)",
         "mark": "verified"
        },
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "The first supply in the Union, also by an importer, would bring it in.",
       "citations": [
        {
         "place": "Art. 3(21)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is supplied on the market of the Union"
     }
    }
   },
   {
    "id": "S5",
    "text": "Is it free and open-source software?",
    "explanation": "Source code shared openly, and a licence that lets anyone use, change and pass it on.",
    "citations": [
     {
      "place": "Art. 3(48)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "It is free and open-source software.",
       "citations": [
        {
         "place": "Art. 3(48)",
         "mark": "verified"
        }
       ]
      },
      "findings": {
       "foss": "yes"
      }
     },
     "no": {
      "findings": {
       "foss": "no"
      }
     },
     "unknown": {
      "missing": "whether it is free and open-source software",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "S1",
      "answers": [
       "software",
       "component"
      ]
     }
    ]
   },
   {
    "id": "S5a",
    "text": "Is it supplied in the course of a commercial activity: does its maker earn with it?",
    "explanation": "A price, paid support beyond cost, a platform that earns with it, or personal data asked for other reasons than security.",
    "citations": [
     {
      "place": "Art. 3(22)",
      "mark": "verified"
     },
     {
      "place": "recitals 15-18",
      "mark": "secondary"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "It is supplied in the course of a commercial activity.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        },
        {
         "place": "recitals 15-18",
         "mark": "secondary"
        }
       ]
      }
     },
     "no": {},
     "unknown": {
      "missing": "whether the free software is supplied commercially"
     }
    },
    "when": [
     {
      "question": "S5",
      "answers": [
       "yes"
      ]
     }
    ]
   },
   {
    "id": "S5b",
    "text": "Is yours a legal person that supports its development systematically and for the long run, while others use it commercially?",
    "explanation": "A foundation, for example. Such a body is a steward of open-source software.",
    "citations": [
     {
      "place": "Art. 3(14)",
      "mark": "verified"
     },
     {
      "place": "Art. 24",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "applies",
      "findings": {
       "role": "steward"
      },
      "reason": {
       "text": "You are a steward: Article 24 applies, with lighter duties, no CE marking and no administrative fines.",
       "citations": [
        {
         "place": "Art. 3(14)",
         "mark": "verified"
        },
        {
         "place": "Art. 24",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Supplying it commercially yourself would bring a manufacturer's duties.",
       "citations": [
        {
         "place": "Art. 3(13)",
         "mark": "verified"
        },
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "Free software outside a commercial activity is not made available on the market.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        },
        {
         "place": "Art. 3(48)",
         "mark": "verified"
        },
        {
         "place": "recital 18",
         "mark": "secondary"
        }
       ]
      },
      "wouldChange": {
       "text": "Earning with it would bring it in; a body that sustains it may be a steward.",
       "citations": [
        {
         "place": "Art. 3(14)",
         "mark": "verified"
        },
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether you are a steward"
     }
    },
    "when": [
     {
      "question": "S5",
      "answers": [
       "yes"
      ]
     },
     {
      "question": "S5a",
      "answers": [
       "no"
      ]
     }
    ]
   },
   {
    "id": "S3a",
    "text": "Is it supplied in the course of a commercial activity, paid or free of charge?",
    "explanation": "Free of charge can be commercial: a device that comes with a contract, for example.",
    "citations": [
     {
      "place": "Art. 3(22)",
      "mark": "verified"
     },
     {
      "place": "recitals 15-18",
      "mark": "secondary"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "It is supplied in the course of a commercial activity.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "What is supplied outside a commercial activity is not made available on the market.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "A commercial supply would bring it in.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the supply is commercial"
     }
    },
    "when": [
     {
      "question": "S1",
      "answers": [
       "hardware",
       "service",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "S3b",
    "text": "Is it supplied in the course of a commercial activity, paid or free of charge?",
    "explanation": "Free of charge can be commercial: an app that comes with a contract, for example.",
    "citations": [
     {
      "place": "Art. 3(22)",
      "mark": "verified"
     },
     {
      "place": "recitals 15-18",
      "mark": "secondary"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "It is supplied in the course of a commercial activity.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "What is supplied outside a commercial activity is not made available on the market.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "A commercial supply would bring it in.",
       "citations": [
        {
         "place": "Art. 3(22)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the supply is commercial"
     }
    },
    "when": [
     {
      "question": "S1",
      "answers": [
       "software",
       "component"
      ]
     },
     {
      "question": "S5",
      "answers": [
       "no",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "S4",
    "text": "Could another law take its place: medical, vehicles, aviation, marine, an identical spare part, or national security and defence?",
    "explanation": "Answer no only when none of these comes near. Otherwise each is asked.",
    "citations": [
     {
      "place": "Art. 2(2)-(7)",
      "mark": "verified"
     }
    ],
    "effects": {
     "no": {
      "reason": {
       "text": "None of the exclusions comes near: medical and in vitro diagnostic devices, vehicles of categories M, N, O and L, certified aviation products, marine equipment, identical spare parts, security and defence.",
       "citations": [
        {
         "place": "Art. 2(2)-(4)",
         "mark": "verified"
        },
        {
         "place": "Art. 2(6)-(7)",
         "mark": "verified"
        },
        {
         "place": "Art. 2(5)",
         "mark": "secondary"
        }
       ]
      }
     }
    }
   },
   {
    "id": "X1",
    "text": "Is it a medical device under Regulation (EU) 2017/745?",
    "explanation": "Qualified as a medical device, its accessory included, by its intended purpose. Health or wellness use alone does not make it one.",
    "citations": [
     {
      "place": "Art. 2(2)(a)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X1"
      },
      "reason": {
       "text": "It is excluded as a medical device under Regulation (EU) 2017/745.",
       "citations": [
        {
         "place": "Art. 2(2)(a)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(2)(a)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not a medical device under Regulation (EU) 2017/745.",
       "citations": [
        {
         "place": "Art. 2(2)(a)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is a medical device under Regulation (EU) 2017/745"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "X2",
    "text": "Is it an in vitro diagnostic device under Regulation (EU) 2017/746?",
    "explanation": "Examines samples from the body outside the body.",
    "citations": [
     {
      "place": "Art. 2(2)(b)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X2"
      },
      "reason": {
       "text": "It is excluded as an in vitro diagnostic device under Regulation (EU) 2017/746.",
       "citations": [
        {
         "place": "Art. 2(2)(b)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(2)(b)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not an in vitro diagnostic device under Regulation (EU) 2017/746.",
       "citations": [
        {
         "place": "Art. 2(2)(b)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is an in vitro diagnostic device under Regulation (EU) 2017/746"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "X3",
    "text": "Is it type-approved under Regulation (EU) 2019/2144 (vehicles of categories M, N, O), or a part made exclusively for such vehicles?",
    "explanation": "A telematics unit that is sold openly, and could be used elsewhere, is not exclusively for such vehicles: answer no.",
    "citations": [
     {
      "place": "Art. 2(2)(c)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 241-246",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X3"
      },
      "reason": {
       "text": "It is excluded as type-approved under Regulation (EU) 2019/2144 (vehicles of categories M, N, O), or a part made exclusively for such vehicles.",
       "citations": [
        {
         "place": "Art. 2(2)(c)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 241-246",
         "mark": "guidance"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(2)(c)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 241-246",
         "mark": "guidance"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not type-approved under Regulation (EU) 2019/2144 (vehicles of categories M, N, O), or a part made exclusively for such vehicles.",
       "citations": [
        {
         "place": "Art. 2(2)(c)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 241-246",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is type-approved under Regulation (EU) 2019/2144 (vehicles of categories M, N, O), or a part made exclusively for such vehicles"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "X4",
    "text": "Is it certified under Regulation (EU) 2018/1139 (aviation)?",
    "explanation": "Certified, not merely certifiable.",
    "citations": [
     {
      "place": "Art. 2(3)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X4"
      },
      "reason": {
       "text": "It is excluded as certified under Regulation (EU) 2018/1139 (aviation).",
       "citations": [
        {
         "place": "Art. 2(3)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(3)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not certified under Regulation (EU) 2018/1139 (aviation).",
       "citations": [
        {
         "place": "Art. 2(3)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is certified under Regulation (EU) 2018/1139 (aviation)"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "X5",
    "text": "Is it marine equipment under Directive 2014/90/EU?",
    "explanation": "Equipment that bears or will bear the wheel mark.",
    "citations": [
     {
      "place": "Art. 2(4)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X5"
      },
      "reason": {
       "text": "It is excluded as marine equipment under Directive 2014/90/EU.",
       "citations": [
        {
         "place": "Art. 2(4)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(4)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not marine equipment under Directive 2014/90/EU.",
       "citations": [
        {
         "place": "Art. 2(4)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is marine equipment under Directive 2014/90/EU"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "X6",
    "text": "Is it a vehicle of category L under Regulation (EU) No 168/2013, other than one of L1e designed to pedal?",
    "explanation": "Left out by Delegated Regulation (EU) 2025/1535, whose text was not read by us.",
    "citations": [
     {
      "place": "Art. 2(5)",
      "mark": "verified"
     },
     {
      "place": "Delegated Regulation (EU) 2025/1535",
      "mark": "secondary"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X6"
      },
      "reason": {
       "text": "It is excluded as a vehicle of category L under Regulation (EU) No 168/2013, other than one of L1e designed to pedal.",
       "citations": [
        {
         "place": "Art. 2(5)",
         "mark": "verified"
        },
        {
         "place": "Delegated Regulation (EU) 2025/1535",
         "mark": "secondary"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(5)",
         "mark": "verified"
        },
        {
         "place": "Delegated Regulation (EU) 2025/1535",
         "mark": "secondary"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not a vehicle of category L under Regulation (EU) No 168/2013, other than one of L1e designed to pedal.",
       "citations": [
        {
         "place": "Art. 2(5)",
         "mark": "verified"
        },
        {
         "place": "Delegated Regulation (EU) 2025/1535",
         "mark": "secondary"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is a vehicle of category L under Regulation (EU) No 168/2013, other than one of L1e designed to pedal"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "X7",
    "text": "Is it a spare part that replaces an identical component and is made to the same specifications?",
    "explanation": "Other cryptography, another protocol or another access control make it a different part: answer no.",
    "citations": [
     {
      "place": "Art. 2(6)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 99-102",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X7"
      },
      "reason": {
       "text": "It is excluded as a spare part that replaces an identical component and is made to the same specifications.",
       "citations": [
        {
         "place": "Art. 2(6)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 99-102",
         "mark": "guidance"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(6)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 99-102",
         "mark": "guidance"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not a spare part that replaces an identical component and is made to the same specifications.",
       "citations": [
        {
         "place": "Art. 2(6)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 99-102",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is a spare part that replaces an identical component and is made to the same specifications"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "X8",
    "text": "Is it developed or modified exclusively for national security or defence, or made to process classified information?",
    "explanation": "Dual use is not exclusive: answer no.",
    "citations": [
     {
      "place": "Art. 2(7)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "doesNotApply",
      "findings": {
       "exclusion": "X8"
      },
      "reason": {
       "text": "It is excluded as developed or modified exclusively for national security or defence, or made to process classified information.",
       "citations": [
        {
         "place": "Art. 2(7)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Another use or a version outside that law would be asked about again.",
       "citations": [
        {
         "place": "Art. 2(7)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "Considered and rejected: it is not developed or modified exclusively for national security or defence, or made to process classified information.",
       "citations": [
        {
         "place": "Art. 2(7)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether it is developed or modified exclusively for national security or defence, or made to process classified information"
     }
    },
    "when": [
     {
      "question": "S4",
      "answers": [
       "yes",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "D1",
    "text": "Does a function of it need data processing at a distance?",
    "explanation": "A cloud that stores, decides or controls. The mobile network itself is not meant: it only carries.",
    "citations": [
     {
      "place": "Art. 3(2)",
      "mark": "verified"
     },
     {
      "place": "guidance section 8.1",
      "mark": "guidance"
     },
     {
      "place": "guidance section 8.3.5",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {},
     "no": {
      "findings": {
       "remoteDataProcessing": "no"
      },
      "reason": {
       "text": "No function needs processing at a distance. The access network is not remote data processing.",
       "citations": [
        {
         "place": "Art. 3(2)",
         "mark": "verified"
        },
        {
         "place": "guidance section 8.3.5",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether a function needs processing at a distance",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "S1",
      "answers": [
       "hardware",
       "software",
       "component",
       "unknown"
      ]
     }
    ],
    "after": [
     "applies",
     "cannotTellYet"
    ],
    "unless": [
     {
      "question": "S5b",
      "answers": [
       "yes"
      ]
     }
    ]
   },
   {
    "id": "D2",
    "text": "Could the product not perform one of its functions without it?",
    "explanation": "One function is enough.",
    "citations": [
     {
      "place": "Art. 3(2)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {},
     "no": {
      "findings": {
       "remoteDataProcessing": "no"
      },
      "reason": {
       "text": "Every function works without the processing at a distance, so it is not part of the product.",
       "citations": [
        {
         "place": "Art. 3(2)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether a function fails without the processing at a distance",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "D1",
      "answers": [
       "yes"
      ]
     }
    ],
    "after": [
     "applies",
     "cannotTellYet"
    ]
   },
   {
    "id": "D3",
    "text": "Was the software at the distance designed and developed by you, or under your responsibility?",
    "explanation": "A service bought as it is, from somebody else, is not. It belongs into the risk assessment as a dependency.",
    "citations": [
     {
      "place": "Art. 3(2)",
      "mark": "verified"
     },
     {
      "place": "guidance section 8.1",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "findings": {
       "remoteDataProcessing": "yes"
      },
      "reason": {
       "text": "The processing at a distance is remote data processing: it is part of the product.",
       "citations": [
        {
         "place": "Art. 3(2)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "findings": {
       "remoteDataProcessing": "no"
      },
      "reason": {
       "text": "Somebody else's service is not remote data processing of this product; treat it in the risk assessment.",
       "citations": [
        {
         "place": "Art. 3(2)",
         "mark": "verified"
        },
        {
         "place": "guidance section 8.1",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "under whose responsibility the remote software was developed",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "D2",
      "answers": [
       "yes"
      ]
     }
    ],
    "after": [
     "applies",
     "cannotTellYet"
    ]
   },
   {
    "id": "R1",
    "text": "What is your part?",
    "explanation": "Whose name or trademark is on it, and who brought it into the Union?",
    "citations": [
     {
      "place": "Art. 3(13)-(17)",
      "mark": "verified"
     },
     {
      "place": "Art. 21",
      "mark": "secondary"
     },
     {
      "place": "Art. 22",
      "mark": "verified"
     }
    ],
    "effects": {
     "manufacturer": {
      "findings": {
       "role": "manufacturer"
      },
      "reason": {
       "text": "You are the manufacturer: develops or makes it, or has it made, and markets it under its own name or trademark, paid or free of charge.",
       "citations": [
        {
         "place": "Art. 3(13)",
         "mark": "verified"
        }
       ]
      }
     },
     "authorisedRepresentative": {
      "findings": {
       "role": "authorisedRepresentative"
      },
      "reason": {
       "text": "You are the authorised representative.",
       "citations": [
        {
         "place": "Art. 3(15)",
         "mark": "verified"
        },
        {
         "place": "Art. 18",
         "mark": "verified"
        }
       ]
      }
     },
     "importer": {},
     "distributor": {},
     "modifier": {
      "findings": {
       "role": "ownBrandOrModifier"
      },
      "reason": {
       "text": "Whoever modifies substantially has a manufacturer's duties, for the part or for the whole. Use the screen for modifications.",
       "citations": [
        {
         "place": "Art. 22",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "your role: manufacturer, representative, importer, distributor or modifier",
      "blocks": false
     }
    },
    "options": [
     {
      "id": "manufacturer",
      "text": "We develop or make it, or have it made, and market it under our name"
     },
     {
      "id": "authorisedRepresentative",
      "text": "We represent the manufacturer by written mandate"
     },
     {
      "id": "importer",
      "text": "We bring it in from outside the Union, under another's name"
     },
     {
      "id": "distributor",
      "text": "We sell it on"
     },
     {
      "id": "modifier",
      "text": "We changed it after it was placed on the market"
     }
    ],
    "when": [
     {
      "question": "S1",
      "answers": [
       "hardware",
       "software",
       "component",
       "service",
       "unknown"
      ]
     }
    ],
    "after": [
     "applies",
     "cannotTellYet"
    ],
    "unless": [
     {
      "question": "S5b",
      "answers": [
       "yes"
      ]
     }
    ]
   },
   {
    "id": "R2",
    "text": "Do you place it on the market under your own name or trademark, or modify it substantially?",
    "explanation": "Then a manufacturer's duties are yours.",
    "citations": [
     {
      "place": "Art. 21",
      "mark": "secondary"
     }
    ],
    "effects": {
     "yes": {
      "findings": {
       "role": "ownBrandOrModifier"
      },
      "reason": {
       "text": "An importer or distributor under its own name, or that modifies substantially, is considered the manufacturer.",
       "citations": [
        {
         "place": "Art. 21",
         "mark": "secondary"
        }
       ]
      }
     },
     "no": {
      "findings": {
       "role": "importer"
      },
      "reason": {
       "text": "You are the importer.",
       "citations": [
        {
         "place": "Art. 3(16)",
         "mark": "verified"
        },
        {
         "place": "Art. 19",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "findings": {
       "role": "importer"
      },
      "missing": "whether it is sold under your own name or substantially modified by you",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "R1",
      "answers": [
       "importer"
      ]
     }
    ],
    "after": [
     "applies",
     "cannotTellYet"
    ]
   },
   {
    "id": "R3",
    "text": "Do you place it on the market under your own name or trademark, or modify it substantially?",
    "explanation": "Then a manufacturer's duties are yours.",
    "citations": [
     {
      "place": "Art. 21",
      "mark": "secondary"
     }
    ],
    "effects": {
     "yes": {
      "findings": {
       "role": "ownBrandOrModifier"
      },
      "reason": {
       "text": "An importer or distributor under its own name, or that modifies substantially, is considered the manufacturer.",
       "citations": [
        {
         "place": "Art. 21",
         "mark": "secondary"
        }
       ]
      }
     },
     "no": {
      "findings": {
       "role": "distributor"
      },
      "reason": {
       "text": "You are a distributor.",
       "citations": [
        {
         "place": "Art. 3(17)",
         "mark": "verified"
        },
        {
         "place": "Art. 20",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "findings": {
       "role": "distributor"
      },
      "missing": "whether it is sold under your own name or substantially modified by you",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "R1",
      "answers": [
       "distributor"
      ]
     }
    ],
    "after": [
     "applies",
     "cannotTellYet"
    ]
   }
  ]
 },
 "modification": {
  "asOf": "2026-11-22",
  "otherwise": {
   "verdict": "doesNotApply",
   "reason": {
    "text": "Neither the assessed purpose nor the risk changes: no substantial modification.",
    "citations": [
     {
      "place": "Art. 3(30)",
      "mark": "verified"
     }
    ]
   },
   "wouldChange": {
    "text": "A changed purpose, or a risk that the assessment did not consider, would make it substantial.",
    "citations": [
     {
      "place": "Art. 3(30)",
      "mark": "verified"
     }
    ]
   }
  },
  "questions": [
   {
    "id": "M1",
    "text": "Who makes the change?",
    "explanation": "The maker of the product, somebody in the supply chain, or anyone else.",
    "citations": [
     {
      "place": "Art. 3(30)",
      "mark": "verified"
     },
     {
      "place": "Art. 21",
      "mark": "secondary"
     },
     {
      "place": "Art. 22",
      "mark": "verified"
     }
    ],
    "effects": {
     "manufacturer": {
      "findings": {
       "modifier": "manufacturer"
      }
     },
     "importerOrDistributor": {
      "findings": {
       "modifier": "importerOrDistributor"
      }
     },
     "other": {
      "findings": {
       "modifier": "other"
      }
     },
     "unknown": {
      "missing": "who makes the change",
      "blocks": false
     }
    },
    "options": [
     {
      "id": "manufacturer",
      "text": "The manufacturer"
     },
     {
      "id": "importerOrDistributor",
      "text": "An importer or distributor"
     },
     {
      "id": "other",
      "text": "Somebody else"
     }
    ]
   },
   {
    "id": "M2",
    "text": "Does the change reach units that were already placed on the market?",
    "explanation": "A change before a unit is placed is part of its design.",
    "citations": [
     {
      "place": "Art. 3(30)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "The change comes after placing.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "verdict": "doesNotApply",
      "reason": {
       "text": "A change before placing is no modification: assess it with the design, and each new unit as it is placed.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 33-39",
         "mark": "guidance"
        }
       ]
      },
      "wouldChange": {
       "text": "Rolling it out to units in the field would raise the question.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the change reaches units that were already placed"
     }
    }
   },
   {
    "id": "M3",
    "text": "Does it change the intended purpose for which the product was assessed?",
    "explanation": "A new use, a new kind of user, a new environment.",
    "citations": [
     {
      "place": "Art. 3(30)",
      "mark": "verified"
     }
    ],
    "effects": {
     "yes": {
      "verdict": "applies",
      "reason": {
       "text": "It changes the intended purpose for which the product was assessed.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        }
       ]
      },
      "wouldChange": {
       "text": "Keeping to the assessed purpose would lead to the question of risk.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "The intended purpose stays as assessed.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the intended purpose changes"
     }
    }
   },
   {
    "id": "M4",
    "text": "Does it add or raise a cybersecurity risk: other data flows, dependencies or external interfaces?",
    "explanation": "Risk counts, not size. Opening an inbound interface, or moving from a private to a public APN, raises risk. A security update can do so too.",
    "citations": [
     {
      "place": "Art. 3(30)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 104-109",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "It adds or raises a cybersecurity risk.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 104-109",
         "mark": "guidance"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "No added or higher risk was found.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 104-107",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the change adds or raises a cybersecurity risk"
     }
    }
   },
   {
    "id": "M5",
    "text": "Was the feature, with this risk, already foreseen and treated in the risk assessment?",
    "explanation": "Switching to a second SIM profile that the assessment already describes would be one such; that is our reading.",
    "citations": [
     {
      "place": "guidance pts 104-107",
      "mark": "guidance"
     },
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "The feature and its risk were foreseen and treated in the risk assessment.",
       "citations": [
        {
         "place": "guidance pts 104-107",
         "mark": "guidance"
        }
       ]
      },
      "wouldChange": {
       "text": "A risk that the assessment did not consider would make it substantial.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        }
       ]
      }
     },
     "no": {
      "verdict": "applies",
      "reason": {
       "text": "It brings a risk that the assessment did not consider, and so affects compliance with Part I of Annex I.",
       "citations": [
        {
         "place": "Art. 3(30)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 104-109",
         "mark": "guidance"
        }
       ]
      },
      "wouldChange": {
       "text": "A risk assessment that had foreseen and treated it before placing.",
       "citations": [
        {
         "place": "guidance pts 104-107",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the risk assessment had foreseen and treated the risk"
     }
    },
    "when": [
     {
      "question": "M4",
      "answers": [
       "yes"
      ]
     }
    ]
   },
   {
    "id": "M6",
    "text": "Is it a security update, and nothing else?",
    "explanation": "Fixes vulnerabilities, adds no function.",
    "citations": [
     {
      "place": "guidance pt 108",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "A security update that neither changes the purpose nor adds a risk is generally no substantial modification.",
       "citations": [
        {
         "place": "recital 39",
         "mark": "secondary"
        },
        {
         "place": "guidance pt 108",
         "mark": "guidance"
        }
       ]
      }
     },
     "no": {},
     "unknown": {
      "missing": "whether it is only a security update",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "M4",
      "answers": [
       "no"
      ]
     }
    ]
   },
   {
    "id": "M7",
    "text": "Is it a repair with an identical or better part?",
    "explanation": "Maintenance that keeps functions and purpose.",
    "citations": [
     {
      "place": "guidance pts 104-109",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "reason": {
       "text": "A repair with an identical or better part is generally no substantial modification.",
       "citations": [
        {
         "place": "recital 39",
         "mark": "secondary"
        },
        {
         "place": "guidance pts 104-109",
         "mark": "guidance"
        }
       ]
      }
     },
     "no": {},
     "unknown": {
      "missing": "whether it is only a repair",
      "blocks": false
     }
    },
    "when": [
     {
      "question": "M4",
      "answers": [
       "no"
      ]
     },
     {
      "question": "M6",
      "answers": [
       "no",
       "unknown"
      ]
     }
    ]
   },
   {
    "id": "M8",
    "text": "Does the change affect the cybersecurity of the product as a whole?",
    "explanation": "If only a part is affected, the duties of somebody else who makes the change end with that part, and the conformity work may be limited to it.",
    "citations": [
     {
      "place": "Art. 22",
      "mark": "verified"
     },
     {
      "place": "guidance pts 122-124",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "findings": {
       "affectsWhole": "yes"
      },
      "reason": {
       "text": "The product as a whole is affected: it counts as newly placed, with all that follows.",
       "citations": [
        {
         "place": "Art. 22",
         "mark": "verified"
        },
        {
         "place": "guidance pts 122-124",
         "mark": "guidance"
        }
       ]
      }
     },
     "no": {
      "findings": {
       "affectsWhole": "no"
      },
      "reason": {
       "text": "The work may be limited to the changed part.",
       "citations": [
        {
         "place": "Art. 22",
         "mark": "verified"
        },
        {
         "place": "guidance pts 122-124",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the product as a whole is affected",
      "blocks": false
     }
    },
    "after": [
     "applies"
    ]
   },
   {
    "id": "M9",
    "text": "When does the change reach the units?",
    "explanation": "For units placed before 11 December 2027, only a substantial modification from that day on brings the whole Regulation.",
    "citations": [
     {
      "place": "Art. 69(2)",
      "mark": "verified"
     }
    ],
    "effects": {
     "before": {
      "findings": {
       "when": "before"
      },
      "reason": {
       "text": "Before 11 December 2027 a modification does not bring the whole Regulation to units that were already placed.",
       "citations": [
        {
         "place": "Art. 69(2)",
         "mark": "verified"
        }
       ]
      }
     },
     "after": {
      "findings": {
       "when": "after"
      },
      "reason": {
       "text": "From 11 December 2027 the modified unit counts as newly placed.",
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
     "unknown": {
      "missing": "when the change reaches the units",
      "blocks": false
     }
    },
    "options": [
     {
      "id": "before",
      "text": "Before 11 December 2027"
     },
     {
      "id": "after",
      "text": "On that day or later"
     }
    ],
    "after": [
     "applies",
     "cannotTellYet"
    ]
   },
   {
    "id": "M10",
    "text": "Does the change alter how long the product is expected to be used?",
    "explanation": "The support period is looked at again. It does not start afresh by itself.",
    "citations": [
     {
      "place": "Art. 13(8)",
      "mark": "verified"
     },
     {
      "place": "guidance pts 133-135",
      "mark": "guidance"
     }
    ],
    "effects": {
     "yes": {
      "findings": {
       "supportPeriod": "reassess"
      },
      "reason": {
       "text": "Reassess the support period: the expected time of use changes.",
       "citations": [
        {
         "place": "Art. 13(8)",
         "mark": "verified"
        },
        {
         "place": "guidance pts 133-135",
         "mark": "guidance"
        }
       ]
      }
     },
     "no": {
      "reason": {
       "text": "The support period goes on; there is no automatic reset.",
       "citations": [
        {
         "place": "guidance pts 133-135",
         "mark": "guidance"
        }
       ]
      }
     },
     "unknown": {
      "missing": "whether the expected time of use changes",
      "blocks": false
     }
    },
    "after": [
     "applies"
    ]
   }
  ]
 },
 "exclusions": [
  {
   "id": "X1",
   "text": "a medical device under Regulation (EU) 2017/745",
   "citations": [
    {
     "place": "Art. 2(2)(a)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "X2",
   "text": "an in vitro diagnostic device under Regulation (EU) 2017/746",
   "citations": [
    {
     "place": "Art. 2(2)(b)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "X3",
   "text": "type-approved under Regulation (EU) 2019/2144 (vehicles of categories M, N, O), or a part made exclusively for such vehicles",
   "citations": [
    {
     "place": "Art. 2(2)(c)",
     "mark": "verified"
    },
    {
     "place": "guidance pts 241-246",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "X4",
   "text": "certified under Regulation (EU) 2018/1139 (aviation)",
   "citations": [
    {
     "place": "Art. 2(3)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "X5",
   "text": "marine equipment under Directive 2014/90/EU",
   "citations": [
    {
     "place": "Art. 2(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "X6",
   "text": "a vehicle of category L under Regulation (EU) No 168/2013, other than one of L1e designed to pedal",
   "citations": [
    {
     "place": "Art. 2(5)",
     "mark": "verified"
    },
    {
     "place": "Delegated Regulation (EU) 2025/1535",
     "mark": "secondary"
    }
   ]
  },
  {
   "id": "X7",
   "text": "a spare part that replaces an identical component and is made to the same specifications",
   "citations": [
    {
     "place": "Art. 2(6)",
     "mark": "verified"
    },
    {
     "place": "guidance pts 99-102",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "X8",
   "text": "developed or modified exclusively for national security or defence, or made to process classified information",
   "citations": [
    {
     "place": "Art. 2(7)",
     "mark": "verified"
    }
   ]
  }
 ],
 "roles": [
  {
   "id": "manufacturer",
   "means": {
    "text": "Develops or makes it, or has it made, and markets it under its own name or trademark, paid or free of charge.",
    "citations": [
     {
      "place": "Art. 3(13)",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "authorisedRepresentative",
   "means": {
    "text": "Established in the Union, acts on a written mandate of the manufacturer.",
    "citations": [
     {
      "place": "Art. 3(15)",
      "mark": "verified"
     },
     {
      "place": "Art. 18",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "importer",
   "means": {
    "text": "Established in the Union, places on the market what bears the name of somebody outside the Union.",
    "citations": [
     {
      "place": "Art. 3(16)",
      "mark": "verified"
     },
     {
      "place": "Art. 19",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "distributor",
   "means": {
    "text": "Makes it available in the supply chain, without being manufacturer or importer.",
    "citations": [
     {
      "place": "Art. 3(17)",
      "mark": "verified"
     },
     {
      "place": "Art. 20",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "ownBrandOrModifier",
   "means": {
    "text": "An importer or distributor that sells under its own name or modifies substantially, or anyone else who modifies substantially: has a manufacturer's duties.",
    "citations": [
     {
      "place": "Art. 21",
      "mark": "secondary"
     },
     {
      "place": "Art. 22",
      "mark": "verified"
     }
    ]
   }
  },
  {
   "id": "steward",
   "means": {
    "text": "A legal person that sustains free and open-source software meant for commercial use.",
    "citations": [
     {
      "place": "Art. 3(14)",
      "mark": "verified"
     },
     {
      "place": "Art. 24",
      "mark": "verified"
     }
    ]
   }
  }
 ]
}
"""#
}
