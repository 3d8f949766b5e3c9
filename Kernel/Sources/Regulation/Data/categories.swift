// swift-format-ignore-file

extension FactFile {
    static let categories = #"""
{
 "asOf": "2026-11-22",
 "source": "Regulation (EU) 2024/2847, Annexes III and IV; Commission Implementing Regulation (EU) 2025/2392. In our own words; only the Official Journal is authentic.",
 "note": "A description that was partly seen only in the Commission's draft annex Ares(2025)2037850 of 13 March 2025 carries the mark secondary and a note: read the Official Journal before relying on it.",
 "test": [
  {
   "id": "Q1",
   "text": "What are the main features and technical capabilities without which the product could not meet its intended purpose?",
   "explanation": "Write them into the note, from the instructions, the sales material and the technical documentation. That set is the core functionality, and a product has exactly one.",
   "citations": [
    {
     "place": "Art. 7(1)",
     "mark": "verified"
    },
    {
     "place": "guidance pt 144",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "Q5",
   "text": "Are modules of it also offered separately: bought, licensed or subscribed to?",
   "explanation": "Each module that is offered separately is classified on its own.",
   "citations": [
    {
     "place": "guidance pt 145",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "Q6",
   "text": "Do marketing, instructions and technical documentation tell the same story about the core functionality?",
   "explanation": "The core functionality must not be misrepresented in order to leave a category.",
   "citations": [
    {
     "place": "guidance pt 143",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "Q7",
   "text": "Is it free and open-source software whose technical documentation is public when it is placed on the market?",
   "explanation": "Such software in an Annex III category may use any route of Art. 32(1), self-assessment included. This does not help a product of Annex IV.",
   "citations": [
    {
     "place": "Art. 32(5)",
     "mark": "verified"
    }
   ]
  }
 ],
 "families": [
  {
   "id": "security-hardware",
   "text": "Is the product itself, not a part bought in for it, a tamper-protected security device, a smart meter gateway, or a smartcard or secure element?",
   "explanation": "Think of hardware security modules, payment terminals, smart meter gateways, SIM cards and eUICCs sold as such. A device that only contains one of these is classified by its own core functionality.",
   "rejected": "The product itself is no security box, smart meter gateway, smartcard or secure element; a part that is one does not lift it.",
   "citations": [
    {
     "place": "Art. 7(1)",
     "mark": "verified"
    },
    {
     "place": "Art. 8(1)",
     "mark": "verified"
    },
    {
     "place": "guidance pt 141",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "chip",
   "text": "Is the product a chip that is sold as a chip: a processor, a microcontroller, an ASIC or an FPGA?",
   "explanation": "A board or a device that contains a chip is not a chip.",
   "rejected": "The product is not a chip sold as such.",
   "citations": [
    {
     "place": "Art. 7(1)",
     "mark": "verified"
    },
    {
     "place": "guidance pt 141",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "network",
   "text": "Is the main job of the product to carry, connect, tunnel, filter or manage network traffic?",
   "explanation": "Routers, modems, switches, network cards, VPN products, firewalls, network management. Answer no for a device that uses a network in order to do another job.",
   "rejected": "Moving or guarding network traffic is not the main job of the product: it uses a network in order to do another job.",
   "citations": [
    {
     "place": "Art. 7(1)",
     "mark": "verified"
    },
    {
     "place": "guidance pts 136-146",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "software",
   "text": "Is the product software that is sold as such: a browser, an operating system, a boot loader, a hypervisor or container runtime, an anti-malware or a SIEM product?",
   "explanation": "Software that only ships inside your device is a component of it. The device keeps its own class.",
   "rejected": "The product is not such software sold on its own; what ships inside a device is a component of it.",
   "citations": [
    {
     "place": "Art. 7(1)",
     "mark": "verified"
    },
    {
     "place": "guidance pt 141",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "identity",
   "text": "Is the main job of the product to manage identities, rights, passwords, keys or certificates for other systems or places?",
   "explanation": "Readers for badges or fingerprints, sign-on, privileged access, password vaults, certificate authorities. A product that only guards its own log-in is not meant.",
   "rejected": "The product guards its own access at most; managing identities, passwords or certificates for others is not its main job.",
   "citations": [
    {
     "place": "Art. 7(1)",
     "mark": "verified"
    },
    {
     "place": "guidance pts 136-146",
     "mark": "guidance"
    }
   ]
  },
  {
   "id": "consumer",
   "text": "Is the product meant for people at home or on the body: in a residence, as a toy, or as a wearable?",
   "explanation": "Answer yes also when you are unsure whether its purpose is security: the four categories are then looked at one by one. A telecare hub in a flat belongs here.",
   "rejected": "The product is not made for homes, children or the body.",
   "citations": [
    {
     "place": "Art. 7(1)",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, recital 3",
     "mark": "verified"
    }
   ]
  }
 ],
 "categories": [
  {
   "id": "IV-1",
   "ref": "Annex IV, point 1",
   "tier": "critical",
   "family": "security-hardware",
   "title": "Hardware devices with security boxes",
   "description": "Hardware of several discrete components in a physical envelope with tamper evidence, resistance or response, that stores, processes or manages sensitive data or does cryptography.",
   "questions": [
    "Multi-component hardware?",
    "Tamper-protected envelope?",
    "Sensitive data/crypto is the main job?"
   ],
   "examples": [
    "payment terminal",
    "HSM",
    "tachograph meeting the description"
   ],
   "boundaries": [
    "EV charger or kiosk containing a payment terminal: the host is not critical for that reason"
   ],
   "standard": "CEN (standardisation request line 39)",
   "citations": [
    {
     "place": "Annex IV, point 1",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex II, point 1",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "IV-2",
   "ref": "Annex IV, point 2",
   "tier": "critical",
   "family": "security-hardware",
   "title": "Smart meter gateways and other devices for advanced security purposes, incl. secure cryptoprocessing",
   "description": "Gateway controlling communication between smart-metering components and authorised third parties; handles meter/personal data, supports specific cryptography, firewalling, means to control other devices. Electricity (Dir. 2019/944) and, if matching, gas or heat.",
   "questions": [
    "Smart meter GATEWAY (not just a meter)?",
    "Controls communication with third parties, with crypto and firewalling?"
   ],
   "examples": [
    "smart meter gateway"
   ],
   "boundaries": [
    "Plain smart meter or meter modem",
    "Other advanced-security devices: text of that half not seen"
   ],
   "standard": "CEN/CLC (line 40)",
   "citations": [
    {
     "place": "Annex IV, point 2",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex II, point 2",
     "mark": "secondary"
    }
   ],
   "note": "Text on 'other devices for advanced security purposes' not seen in the final act.",
   "documentEitherWay": false
  },
  {
   "id": "IV-3",
   "ref": "Annex IV, point 3",
   "tier": "critical",
   "family": "security-hardware",
   "title": "Smartcards or similar devices, including secure elements",
   "description": "Secure element: MCU/MPU with tamper protection, managing crypto or sensitive data, designed for at least AVA_VAN.4; discrete or in a SoC, may hold OS and applications. Smartcard (draft wording): secure element in a carrier such as a card.",
   "questions": [
    "Secure element or card designed for AVA_VAN.4 or above, sold as such?"
   ],
   "examples": [
    "TPM",
    "embedded UICC (eUICC)",
    "SIM/smartcard"
   ],
   "boundaries": [
    "IoT device or module integrating an eUICC is not critical for that reason (Art. 7(1) logic; guidance pt 141)"
   ],
   "standard": "CLC (line 41)",
   "citations": [
    {
     "place": "Annex IV, point 3",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex II, point 3",
     "mark": "secondary"
    }
   ],
   "note": "Smartcard half from the draft. Relevant to SIM makers, not to device makers who buy SIMs.",
   "documentEitherWay": false
  },
  {
   "id": "III-II-1",
   "ref": "Annex III, Class II, point 1",
   "tier": "importantII",
   "family": "software",
   "title": "Hypervisors and container runtime systems",
   "description": "Hypervisor: abstracts/allocates computing resources and runs and manages virtual machines that are logically separated. Container runtime (draft wording): manages container life cycle on a host, allocating resources and isolating containers.",
   "questions": [
    "Is running VMs or containers the main job, sold as such?"
   ],
   "examples": [
    "type 1/2 hypervisor",
    "container runtime"
   ],
   "boundaries": [
    "Edge gateway that uses containers internally"
   ],
   "standard": "ETSI EN 304 635",
   "citations": [
    {
     "place": "Annex III, Class II, point 1",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class II, point 1",
     "mark": "secondary"
    }
   ],
   "note": "Container half from the draft.",
   "documentEitherWay": false
  },
  {
   "id": "III-II-2",
   "ref": "Annex III, Class II, point 2",
   "tier": "importantII",
   "family": "network",
   "title": "Firewalls, intrusion detection and prevention systems",
   "description": "Firewall: protects a connected network or system from unauthorised access by monitoring and restricting traffic to and from it. IDS (draft wording): detects attempted, ongoing or past intrusions. IPS (draft wording): IDS that also responds, e.g. by blocking.",
   "questions": [
    "Is restricting or inspecting traffic to protect a network/system the main job?"
   ],
   "examples": [
    "network firewall",
    "WAF",
    "anti-spam gateway",
    "IDS/IPS"
   ],
   "boundaries": [
    "Router with a firewall feature stays Class I point 12"
   ],
   "standard": "ETSI EN 304 636",
   "citations": [
    {
     "place": "Annex III, Class II, point 2",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class II, point 2",
     "mark": "secondary"
    }
   ],
   "note": "IDS/IPS text from the draft.",
   "documentEitherWay": false
  },
  {
   "id": "III-II-3",
   "ref": "Annex III, Class II, point 3",
   "tier": "importantII",
   "family": "chip",
   "title": "Tamper-resistant microprocessors",
   "description": "Class I point 13 chip with tamper evidence, resistance or response, designed for AVA_VAN level 2 or 3 (Common Criteria).",
   "questions": [
    "Point-13 chip?",
    "Tamper protection designed for AVA_VAN.2 or .3?"
   ],
   "examples": [
    "secure application processor"
   ],
   "boundaries": [
    "AVA_VAN.4 and above: Annex IV point 3"
   ],
   "standard": "CLC EN 50766",
   "citations": [
    {
     "place": "Annex III, Class II, point 3",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class II, point 3",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-II-4",
   "ref": "Annex III, Class II, point 4",
   "tier": "importantII",
   "family": "chip",
   "title": "Tamper-resistant microcontrollers",
   "description": "Class I point 14 chip with tamper evidence, resistance or response, designed for AVA_VAN level 2 or 3.",
   "questions": [
    "Point-14 chip?",
    "Tamper protection designed for AVA_VAN.2 or .3?"
   ],
   "examples": [
    "tamper-resistant MCU"
   ],
   "boundaries": [
    "AVA_VAN.4+: Annex IV point 3"
   ],
   "standard": "CLC EN 50766",
   "citations": [
    {
     "place": "Annex III, Class II, point 4",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class II, point 4",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-1",
   "ref": "Annex III, Class I, point 1",
   "tier": "importantI",
   "family": "identity",
   "title": "Identity management and privileged access management software and hardware, incl. authentication, access-control and biometric readers",
   "description": "Offers mechanisms to authenticate or authorise people, organisations, devices or systems, optionally managing the life cycle of their credentials; includes access management for digital resources or places, and privileged-access software that controls and watches rights to IT/OT.",
   "questions": [
    "Is the product's main job to authenticate or authorise someone or something towards other resources or places?",
    "Is it sold to manage identities or privileged rights, rather than only protecting its own log-in?"
   ],
   "examples": [
    "badge or fingerprint reader",
    "single sign-on, federation",
    "OTP/TAN generator",
    "MFA software",
    "PAM suite"
   ],
   "boundaries": [
    "A product with its own user accounts is not in this category because of that",
    "Smart door lock for homes: test III-I-17 first"
   ],
   "standard": "CEN/TC 224 WG 17 (no number seen)",
   "citations": [
    {
     "place": "Annex III, Class I, point 1",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 1",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-2",
   "ref": "Annex III, Class I, point 2",
   "tier": "importantI",
   "family": "software",
   "title": "Standalone and embedded browsers",
   "description": "Software that lets end users reach, render and interact with web content on networked servers: engine, web protocols, script execution, input, storage of site data; includes embeddable browsers and browsers with AI agents.",
   "questions": [
    "Is the product's main job to let a user access and render web content from servers?",
    "Is it a browser engine/component sold for integration?"
   ],
   "examples": [
    "desktop or mobile browser",
    "embeddable web view sold separately"
   ],
   "boundaries": [
    "A news app that embeds a browser stays outside (IR recital 3; FAQ 3.2)",
    "A device web UI server is not a browser"
   ],
   "standard": "ETSI EN 304 617",
   "citations": [
    {
     "place": "Annex III, Class I, point 2",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 2",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-3",
   "ref": "Annex III, Class I, point 3",
   "tier": "importantI",
   "family": "identity",
   "title": "Password managers",
   "description": "Stores passwords locally or remotely, with functions such as generating, sharing and filling them into applications.",
   "questions": [
    "Is storing passwords for use elsewhere the main job?"
   ],
   "examples": [
    "password vault app",
    "enterprise vault",
    "browser-extension vault",
    "hardware vault"
   ],
   "boundaries": [
    "Phone or OS with a built-in vault stays in its own category"
   ],
   "standard": "ETSI EN 304 618",
   "citations": [
    {
     "place": "Annex III, Class I, point 3",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 3",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-4",
   "ref": "Annex III, Class I, point 4",
   "tier": "importantI",
   "family": "software",
   "title": "Software that searches for, removes or quarantines malicious software",
   "description": "Software that detects, searches for, removes or quarantines malicious code on devices to keep their integrity, confidentiality or availability.",
   "questions": [
    "Is anti-malware on devices the main job?"
   ],
   "examples": [
    "antivirus",
    "rootkit scanner",
    "rescue disk"
   ],
   "boundaries": [
    "A gateway that also scans files is classified by its own main job"
   ],
   "standard": "ETSI EN 304 619",
   "citations": [
    {
     "place": "Annex III, Class I, point 4",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 4",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-5",
   "ref": "Annex III, Class I, point 5",
   "tier": "importantI",
   "family": "network",
   "title": "Products with the function of VPN",
   "description": "Sets up an encrypted logical tunnel built from the system resources of a physical or virtual network.",
   "questions": [
    "Is establishing an encrypted tunnel between networks or hosts the main job?",
    "Is the VPN client/server/gateway sold as a product of its own?"
   ],
   "examples": [
    "VPN client",
    "VPN server",
    "VPN gateway"
   ],
   "boundaries": [
    "IoT device with an embedded VPN client: default unless that is its core function",
    "Private APN is a network service, not a product"
   ],
   "standard": "ETSI EN 304 620",
   "citations": [
    {
     "place": "Annex III, Class I, point 5",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 5",
     "mark": "verified"
    }
   ],
   "note": "Connectivity products: check every separately licensed VPN agent.",
   "documentEitherWay": false
  },
  {
   "id": "III-I-6",
   "ref": "Annex III, Class I, point 6",
   "tier": "importantI",
   "family": "network",
   "title": "Network management systems",
   "description": "Manages connected network elements (servers, routers, switches, workstations, printers, mobile devices) by monitoring them and controlling their network operation and configuration.",
   "questions": [
    "Does it both monitor and control network operation/configuration of connected elements as its main job?",
    "Are the managed elements network elements, or just your own application devices?"
   ],
   "examples": [
    "SDN controller",
    "configuration management for routers",
    "end-to-end NMS"
   ],
   "boundaries": [
    "A device cloud for the maker's own sensors is normally remote data processing of that product",
    "Connectivity-management platform sold as installable software: assess closely; as pure SaaS it is not a product by itself"
   ],
   "standard": "ETSI EN 304 621",
   "citations": [
    {
     "place": "Annex III, Class I, point 6",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 6",
     "mark": "verified"
    }
   ],
   "documentEitherWay": true
  },
  {
   "id": "III-I-7",
   "ref": "Annex III, Class I, point 7",
   "tier": "importantI",
   "family": "software",
   "title": "SIEM systems",
   "description": "Collects data from several sources, analyses and correlates it and presents it as actionable information for security purposes.",
   "questions": [
    "Does it correlate data from multiple sources into actionable security information as its main job?"
   ],
   "examples": [
    "SIEM"
   ],
   "boundaries": [
    "SOAR generally exceeds it; plain log viewers fall short (guidance ex. 59-60)"
   ],
   "standard": "ETSI EN 304 622",
   "citations": [
    {
     "place": "Annex III, Class I, point 7",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 7",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-8",
   "ref": "Annex III, Class I, point 8",
   "tier": "importantI",
   "family": "software",
   "title": "Boot managers",
   "description": "Software that manages start-up after power-on or restart: initialises hardware, loads or hands over to the operating environment, selects boot options.",
   "questions": [
    "Is it a boot loader/firmware placed on the market separately?"
   ],
   "examples": [
    "UEFI firmware",
    "single- or multi-stage boot loader"
   ],
   "boundaries": [
    "Boot loader shipped only inside your device is a component, the device keeps its own class"
   ],
   "standard": "ETSI EN 304 623",
   "citations": [
    {
     "place": "Annex III, Class I, point 8",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 8",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-9",
   "ref": "Annex III, Class I, point 9",
   "tier": "importantI",
   "family": "identity",
   "title": "PKI and digital certificate issuance software",
   "description": "Used in a PKI to manage validation, creation, issuance, distribution, status, renewal or revocation of certificates, or the life cycle of the related keys.",
   "questions": [
    "Is managing certificates or their keys the main job?"
   ],
   "examples": [
    "CA software",
    "key management system",
    "OCSP responder"
   ],
   "boundaries": [
    "Device enrolment client inside a product"
   ],
   "standard": "ETSI EN 304 624",
   "citations": [
    {
     "place": "Annex III, Class I, point 9",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 9",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-10",
   "ref": "Annex III, Class I, point 10",
   "tier": "importantI",
   "family": "network",
   "title": "Physical and virtual network interfaces",
   "description": "Physical: connects a device directly to a network through an API of its drivers, typically at the data link layer, with hardware adapters to the medium and firmware. Virtual: connects via an API that emulates such drivers.",
   "questions": [
    "Is it a network adapter/controller/card (or its virtual equivalent) sold as such?",
    "Does the host use it through network-interface drivers?"
   ],
   "examples": [
    "Wi-Fi/Ethernet/Bluetooth/Zigbee/fieldbus card or controller",
    "virtual NIC",
    "container network interface"
   ],
   "boundaries": [
    "Cellular module: test this and III-I-12 (modems); record which one is the core function"
   ],
   "standard": "ETSI EN 304 625",
   "citations": [
    {
     "place": "Annex III, Class I, point 10",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 10",
     "mark": "verified"
    }
   ],
   "documentEitherWay": true
  },
  {
   "id": "III-I-11",
   "ref": "Annex III, Class I, point 11",
   "tier": "importantI",
   "family": "software",
   "title": "Operating systems",
   "description": "Software that gives an abstract interface to the hardware and controls execution of software, with services such as scheduling, I/O, data management.",
   "questions": [
    "Is it an OS (incl. RTOS) placed on the market separately?"
   ],
   "examples": [
    "RTOS",
    "general- or special-purpose OS"
   ],
   "boundaries": [
    "A device or smartphone that contains an OS is not thereby an OS (guidance ex. 58)"
   ],
   "standard": "ETSI EN 304 626",
   "citations": [
    {
     "place": "Annex III, Class I, point 11",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 11",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-12",
   "ref": "Annex III, Class I, point 12",
   "tier": "importantI",
   "family": "network",
   "title": "Routers, modems intended for connection to the internet, and switches",
   "description": "Router: sets up and controls data flow between different networks by choosing paths with routing protocols/algorithms, typically at network layer; with or without modem. Modem (draft wording): converts signals by modulation/demodulation for an internet connection, e.g. fibre, DSL, cable, satellite, cellular. Switch (draft wording): connects networked devices by internal switching, typically layer 2 or 3.",
   "questions": [
    "Does it select paths between different networks as its main job (routing, not just bridging a sensor bus to a cloud API)?",
    "Is it a modem meant to connect to the internet?",
    "Is it a switch?"
   ],
   "examples": [
    "wired, wireless or virtual router",
    "cellular router/gateway whose job is routing",
    "cellular modem"
   ],
   "boundaries": [
    "Sensor hub that translates BLE to MQTT: usually default",
    "Router with firewall component stays here (guidance ex. 63)"
   ],
   "standard": "ETSI EN 304 627",
   "citations": [
    {
     "place": "Annex III, Class I, point 12",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 12",
     "mark": "secondary"
    }
   ],
   "note": "Only the router text of the final act was seen; modem and switch text from the 13.3.2025 draft annex.",
   "documentEitherWay": true
  },
  {
   "id": "III-I-13",
   "ref": "Annex III, Class I, point 13",
   "tier": "importantI",
   "family": "chip",
   "title": "Microprocessors with security-related functionalities",
   "description": "Integrated circuit for central processing that relies on external memory and peripherals, plus security functions (encryption, authentication, key storage, RNG, TEE...) meant to secure things beyond the chip itself.",
   "questions": [
    "Is it a CPU placed on the market as a chip?",
    "Do its security functions aim to secure other products/networks/services (e.g. secure boot chain)?",
    "Below AVA_VAN.2 or without tamper protection? (else Class II)"
   ],
   "examples": [
    "application processor with TEE"
   ],
   "boundaries": [
    "Board or device containing it"
   ],
   "standard": "CLC EN 50765",
   "citations": [
    {
     "place": "Annex III, Class I, point 13",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 13",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-14",
   "ref": "Annex III, Class I, point 14",
   "tier": "importantI",
   "family": "chip",
   "title": "Microcontrollers with security-related functionalities",
   "description": "As point 13 for programmable circuits that integrate memory and usually peripherals.",
   "questions": [
    "Is it an MCU sold as a chip/module with security functions for others?"
   ],
   "examples": [
    "secure-boot MCU",
    "Wi-Fi SoC sold as chip"
   ],
   "boundaries": [
    "Device containing it"
   ],
   "standard": "CLC EN 50765",
   "citations": [
    {
     "place": "Annex III, Class I, point 14",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 14",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-15",
   "ref": "Annex III, Class I, point 15",
   "tier": "importantI",
   "family": "chip",
   "title": "ASIC and FPGA with security-related functionalities",
   "description": "ASIC: circuit custom-designed for a function, with security functions for use beyond itself. FPGA (draft wording): matrix of configurable logic reprogrammable after manufacture, with such functions.",
   "questions": [
    "Is it an ASIC/FPGA sold as such with security functions for others?"
   ],
   "examples": [
    "crypto accelerator ASIC",
    "FPGA with secure configuration"
   ],
   "boundaries": [
    "Board using it"
   ],
   "standard": "CLC EN 50767",
   "citations": [
    {
     "place": "Annex III, Class I, point 15",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 15",
     "mark": "secondary"
    }
   ],
   "note": "FPGA half not seen in the final act.",
   "documentEitherWay": false
  },
  {
   "id": "III-I-16",
   "ref": "Annex III, Class I, point 16",
   "tier": "importantI",
   "family": "consumer",
   "title": "Smart home general purpose virtual assistants",
   "description": "Talks to the public internet, processes natural-language prompts (voice or text) and, on that basis, gives access to services or controls connected devices in homes.",
   "questions": [
    "Natural-language assistant, general purpose, for homes, internet-connected?"
   ],
   "examples": [
    "smart speaker with assistant"
   ],
   "boundaries": [
    "Voice control limited to one appliance"
   ],
   "standard": "ETSI EN 304 631",
   "citations": [
    {
     "place": "Annex III, Class I, point 16",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 16",
     "mark": "verified"
    }
   ],
   "documentEitherWay": false
  },
  {
   "id": "III-I-17",
   "ref": "Annex III, Class I, point 17",
   "tier": "importantI",
   "family": "consumer",
   "title": "Smart home products with security functionalities",
   "description": "Protects the physical security of consumers in a residential setting and can be controlled or managed remotely from other systems; also hardware/software that centrally controls such products.",
   "questions": [
    "Consumer + residential?",
    "Main job protects physical security (intrusion, access, watching over a baby)?",
    "Remotely controllable or manageable?"
   ],
   "examples": [
    "smart door lock",
    "baby monitor",
    "alarm system",
    "home camera"
   ],
   "boundaries": [
    "Commercial CCTV or business access control: not residential (check III-I-1)",
    "Smoke detector: named in the March 2025 draft, not in the final text seen",
    "Telecare/social alarm: judge physical security vs care purpose, document either way"
   ],
   "standard": "ETSI EN 304 632",
   "citations": [
    {
     "place": "Annex III, Class I, point 17",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 17",
     "mark": "verified"
    }
   ],
   "note": "The draft's words on safety and smart smoke detectors do not appear in the final text seen.",
   "documentEitherWay": true
  },
  {
   "id": "III-I-18",
   "ref": "Annex III, Class I, point 18",
   "tier": "importantI",
   "family": "consumer",
   "title": "Internet connected toys with social interactive or location tracking features",
   "description": "Toy under Directive 2009/48/EC, communicating on the public internet directly or via other equipment, with in/outbound communication means (keyboard, microphone, speaker, camera); or (draft wording) technology that tracks the toy's or user's geographic location, proximity detection alone excluded.",
   "questions": [
    "Toy under the Toy Directive?",
    "Internet communication?",
    "Two-way social interaction, or location tracking?"
   ],
   "examples": [
    "talking doll online",
    "GPS toy"
   ],
   "boundaries": [
    "Proximity-only toys (draft wording)"
   ],
   "standard": "ETSI EN 304 633",
   "citations": [
    {
     "place": "Annex III, Class I, point 18",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 18",
     "mark": "secondary"
    }
   ],
   "note": "Location-tracking half from the draft. Directive 2009/48/EC is being replaced by a toy safety regulation; check the reference.",
   "documentEitherWay": false
  },
  {
   "id": "III-I-19",
   "ref": "Annex III, Class I, point 19",
   "tier": "importantI",
   "family": "consumer",
   "title": "Personal wearables for health monitoring, or wearables for children",
   "description": "Worn on the body or via clothing, senses and processes health-relevant information regularly or continuously, outside MDR/IVDR; or (draft wording) wearables for use by and for children under 14.",
   "questions": [
    "Worn on the body?",
    "Health-monitoring purpose and not a medical device?",
    "Or made for children?"
   ],
   "examples": [
    "fitness tracker",
    "smartwatch",
    "child tracker watch"
   ],
   "boundaries": [
    "Medical wearable: out of CRA scope"
   ],
   "standard": "ETSI EN 304 634",
   "citations": [
    {
     "place": "Annex III, Class I, point 19",
     "mark": "verified"
    },
    {
     "place": "Impl. Reg. (EU) 2025/2392, Annex I, table Class I, point 19",
     "mark": "secondary"
    }
   ],
   "note": "Child-wearable half and age threshold from the draft.",
   "documentEitherWay": false
  }
 ],
 "hints": [
  {
   "id": "cellular-router",
   "text": "Cellular router",
   "look": [
    "III-I-12"
   ],
   "reason": {
    "text": "Path selection between networks is its job: look at III-I-12 first.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "cellular-module",
   "text": "Cellular module",
   "look": [
    "III-I-10",
    "III-I-12"
   ],
   "reason": {
    "text": "Decide whether it is a network interface or a modem, and write down which one is the core functionality.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "sensor-gateway",
   "text": "Gateway that translates protocols of sensors",
   "look": [
    "III-I-12"
   ],
   "reason": {
    "text": "Default as a rule, unless it routes between networks.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "telecare-hub",
   "text": "Telecare hub or social alarm",
   "look": [
    "III-I-17",
    "III-I-19"
   ],
   "reason": {
    "text": "Care or physical security: III-I-17 needs an answer with its reasoning, either way.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "home-alarm",
   "text": "Alarm panel for homes",
   "look": [
    "III-I-17"
   ],
   "reason": {
    "text": "Physical security of consumers at home, managed remotely: III-I-17.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "commercial-cctv",
   "text": "Camera system for businesses",
   "look": [
    "III-I-17",
    "III-I-1"
   ],
   "reason": {
    "text": "Not residential, so not III-I-17; look at III-I-1 when it controls access.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "ev-charger",
   "text": "EV charger",
   "look": [
    "IV-1"
   ],
   "reason": {
    "text": "Default as a rule. A payment terminal that is built in may be a critical product of its own; it does not lift the charger.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "smart-meter",
   "text": "Smart meter",
   "look": [
    "IV-2"
   ],
   "reason": {
    "text": "The meter is default as a rule; its gateway is IV-2.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "sim",
   "text": "SIM card or eUICC",
   "look": [
    "IV-3"
   ],
   "reason": {
    "text": "The card's maker is in IV-3. A device that embeds the card keeps its own class.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "os-or-boot-loader",
   "text": "Operating system or boot loader sold on its own",
   "look": [
    "III-I-11",
    "III-I-8"
   ],
   "reason": {
    "text": "III-I-11 or III-I-8 when it is placed on the market separately.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "device-cloud",
   "text": "Cloud of one's own devices",
   "look": [
    "III-I-6"
   ],
   "reason": {
    "text": "As a rule remote data processing of the device, classified with it.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  },
  {
   "id": "other",
   "text": "Something else",
   "look": [],
   "reason": {
    "text": "No hint: the questions decide.",
    "citations": [
     {
      "place": "our reading",
      "mark": "interpretation"
     }
    ]
   }
  }
 ],
 "tierMeans": {
  "text": "The tier changes the conformity route. It changes neither the essential requirements nor the duty to assess risks.",
  "citations": [
   {
    "place": "FAQ 3.3",
    "mark": "guidance"
   }
  ]
 }
}
"""#
}
