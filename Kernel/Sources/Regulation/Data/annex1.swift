// swift-format-ignore-file

extension FactFile {
    static let annex1 = #"""
{
 "asOf": "2026-11-22",
 "timing": {
  "text": "Part I is judged when each unit is placed on the market; Part II runs through the support period; reporting under Article 14 goes on after it.",
  "citations": [
   {
    "place": "Art. 13(1)",
    "mark": "verified"
   },
   {
    "place": "Art. 13(8)",
    "mark": "verified"
   },
   {
    "place": "guidance pt 210",
    "mark": "guidance"
   }
  ]
 },
 "relevanceIsOurs": {
  "text": "The Regulation prescribes no connectivity architecture. How closely a point touches connectivity is our reading, and evidence about connectivity never shows a point to be met by itself.",
  "citations": [
   {
    "place": "our reading",
    "mark": "interpretation"
   }
  ]
 },
 "networkIsNotRemoteProcessing": {
  "text": "A mobile or other access network is no remote data processing and is not to be treated as a third-party component, so no due diligence towards the operator follows from Art. 13(5). A device cloud by or for the manufacturer, without which a function fails, is remote data processing and part of the product.",
  "citations": [
   {
    "place": "Art. 3(2)",
    "mark": "verified"
   },
   {
    "place": "guidance section 8.3.5",
    "mark": "guidance"
   },
   {
    "place": "guidance section 8.1",
    "mark": "guidance"
   }
  ]
 },
 "consequence": {
  "text": "Record SIM or eUICC, modem firmware and connectivity agents as components; record the network service as operating environment in the risk assessment.",
  "citations": [
   {
    "place": "Art. 13(3)",
    "mark": "verified"
   },
   {
    "place": "Art. 13(5)",
    "mark": "verified"
   },
   {
    "place": "our reading",
    "mark": "interpretation"
   }
  ]
 },
 "points": [
  {
   "id": "I.1.1",
   "ref": "Annex I, Part I, point (1)",
   "part": 1,
   "title": "Appropriate level of cybersecurity",
   "requirement": "Design, develop and produce the product so that its level of cybersecurity is appropriate to the risks.",
   "applicability": "always",
   "naAllowed": false,
   "connectivity": "supporting",
   "evidence": [
    {
     "kind": "risk-register",
     "shows": "single-network dependence and exposure, each with an owner and a treatment"
    },
    {
     "kind": "exposure-checks",
     "shows": "which units stand on the public internet, by APN"
    }
   ],
   "couldShow": [
    "risk-register entries for network loss, single-core dependency, roaming change, 2G/3G sunset, exposure on public IP, with treatment and residual risk",
    "estate exposure inventory (APN type, public/private addressing, inbound rules) per product version"
   ],
   "cannotShow": "Residual risk is judged against the product requirement, not against the maker's own risk appetite or cost (guidance pts 157-158).",
   "responsibility": "Assess the risks of the product and decide what level of security they ask for.",
   "otherArtefacts": [
    "risk assessment (Art. 13(2)-(4))"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (1)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.a",
   "ref": "Annex I, Part I, point (2)(a)",
   "part": 1,
   "title": "No known exploitable vulnerabilities at placement",
   "requirement": "Each unit goes on the market free of vulnerabilities that are known and that an adversary could effectively use under practical operating conditions (Art. 3(41)).",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "supporting",
   "evidence": [
    {
     "kind": "sbom-match",
     "shows": "components of the released firmware matched against known vulnerabilities at a given day"
    },
    {
     "kind": "exposure-checks",
     "shows": "whether the interface a flaw needs is reachable from outside"
    }
   ],
   "couldShow": [
    "vulnerability scan of modem/SIM/agent firmware in the released SBOM at the release timestamp",
    "record of reachability/exploitability analysis (network position, closed interfaces) feeding a VEX status"
   ],
   "cannotShow": "Known covers public databases (EUVD and other prominent ones), non-public reports, own tests and prominent media (guidance pts 233-234). A CVE hit alone is not proof of exploitability (pt 235).",
   "responsibility": "Decide, risk by risk, whether a known vulnerability can be exploited in the product, before each release.",
   "otherArtefacts": [
    "SBOM",
    "VEX",
    "release gate record"
   ],
   "note": "A network control can make a flaw not exploitable in practice, but only if the intended operating conditions guarantee that control.",
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(a)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.b",
   "ref": "Annex I, Part I, point (2)(b)",
   "part": 1,
   "title": "Secure by default configuration, reset",
   "requirement": "Ship with secure defaults and offer a reset to the original state; for a tailor-made product a business user and the manufacturer may agree otherwise.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "apn-inventory",
     "shows": "the APN and addressing units are delivered with"
    },
    {
     "kind": "policy-changes",
     "shows": "every change of the switching policy, who made it and why"
    }
   ],
   "couldShow": [
    "default connectivity profile (APN, allowed destinations, disabled listeners, no default credentials) captured as a signed configuration baseline",
    "factory-reset test showing credentials, APN overrides and keys return to baseline"
   ],
   "cannotShow": "The tailor-made carve-out needs a business user and an agreement; keep both on file.",
   "responsibility": "Design the defaults and the reset of the product itself.",
   "otherArtefacts": [
    "configuration baseline",
    "hardening test"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(b)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.c",
   "ref": "Annex I, Part I, point (2)(c)",
   "part": 1,
   "title": "Security updates possible, automatic by default where applicable",
   "requirement": "Vulnerabilities can be fixed by security updates; where applicable automatic installation within an appropriate time frame is on by default, with an easy opt-out, notice of available updates and temporary postponement.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "campaigns",
     "shows": "coverage of an update over time: offered, installed, failed, out of reach"
    },
    {
     "kind": "reach",
     "shows": "how many units could have been reached within 24 and 72 hours"
    },
    {
     "kind": "update-availability",
     "shows": "until when each update stays available"
    }
   ],
   "couldShow": [
    "update campaign record: eligible, offered, downloaded, installed, failed, unreachable, per network/country, with time-to-coverage percentiles",
    "reachability history of each unit during the campaign window",
    "proof of opt-out and postpone controls",
    "bearer capability check (payload size vs NB-IoT/LTE-M limits, power budget)"
   ],
   "cannotShow": "Making an update available is the duty; the manufacturer is not responsible for a user who does not install it (FAQ 4.3.3), but units that cannot be reached weaken the evidence.",
   "responsibility": "Build, sign and offer the updates; opt-out and postponement in the product.",
   "otherArtefacts": [
    "update architecture",
    "signing keys procedure"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(c)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.d",
   "ref": "Annex I, Part I, point (2)(d)",
   "part": 1,
   "title": "Protection from unauthorised access, with reporting",
   "requirement": "Guard against unauthorised access by suitable control mechanisms (authentication, identity or access management) and report possible unauthorised access.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "apn-inventory",
     "shows": "units behind a private APN"
    },
    {
     "kind": "admission",
     "shows": "subscriptions bound to a device, and mismatches found"
    }
   ],
   "couldShow": [
    "private APN/VPN access policy and mutual authentication configuration",
    "IMEI/IMSI lock or SIM-device binding events",
    "failed-attach, unexpected-IP and unexpected-destination alerts with handling times"
   ],
   "cannotShow": "Network-side authentication identifies a subscription, not a user or an application; device-level authentication still has to be shown.",
   "responsibility": "Authenticate users and applications in the device.",
   "otherArtefacts": [
    "IAM design",
    "pen-test report"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(d)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.e",
   "ref": "Annex I, Part I, point (2)(e)",
   "part": 1,
   "title": "Confidentiality of data",
   "requirement": "Protect stored, transmitted or otherwise processed data, for example by state-of-the-art encryption at rest or in transit and other technical means.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "apn-inventory",
     "shows": "where the private path starts and stops"
    }
   ],
   "couldShow": [
    "cipher-suite inventory per interface, certificate lifecycles",
    "end-point to end-point map showing where VPN/private-APN encryption starts and stops"
   ],
   "cannotShow": "A private APN or VPN protects only between its end points; where risk requires, add application or device-layer encryption.",
   "responsibility": "Encrypt where the risk asks for it, beyond the ends of any tunnel.",
   "otherArtefacts": [
    "crypto policy"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(e)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.f",
   "ref": "Annex I, Part I, point (2)(f)",
   "part": 1,
   "title": "Integrity of data, commands, programs, configuration, with corruption reporting",
   "requirement": "Protect against manipulation not authorised by the user and report corruption.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "campaigns",
     "shows": "updates whose installation was confirmed or refused"
    },
    {
     "kind": "beacons",
     "shows": "authenticated heartbeats, and those refused"
    },
    {
     "kind": "ledger",
     "shows": "that stored evidence was not altered"
    }
   ],
   "couldShow": [
    "signed update and signed configuration verification logs",
    "integrity alarms received from the field and their latency"
   ],
   "cannotShow": "Lost alarms during outages must be visible: report on detection and delivery time separately.",
   "responsibility": "Protect programs, configuration and commands in the device, and report corruption.",
   "otherArtefacts": [
    "secure boot",
    "signing evidence"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(f)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.g",
   "ref": "Annex I, Part I, point (2)(g)",
   "part": 1,
   "title": "Data minimisation",
   "requirement": "Process only data that is adequate, relevant and needed for the intended purpose.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "supporting",
   "evidence": [
    {
     "kind": "beacons",
     "shows": "the fields that a heartbeat carries, and how long they are kept"
    }
   ],
   "couldShow": [
    "telemetry schema with purpose per field",
    "location/subscriber identifier handling (IMSI, IMEI, cell id) and retention"
   ],
   "cannotShow": "More telemetry helps incident work but must be justified here.",
   "responsibility": "Justify every field that is collected.",
   "otherArtefacts": [
    "data inventory"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(g)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.h",
   "ref": "Annex I, Part I, point (2)(h)",
   "part": 1,
   "title": "Availability of essential and basic functions",
   "requirement": "Protect availability of essential and basic functions, also after an incident, including resilience and mitigation against denial-of-service.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "reach",
     "shows": "units heard from within 24 and 72 hours, over time"
    },
    {
     "kind": "outages",
     "shows": "outages found, units affected, time to recover"
    },
    {
     "kind": "switches",
     "shows": "moves to the other profile, and the reason for each"
    },
    {
     "kind": "drills",
     "shows": "outages that were rehearsed, and what the cards did"
    },
    {
     "kind": "rehearsals",
     "shows": "units whose backup was heard on the air, and when"
    }
   ],
   "couldShow": [
    "declared list of essential functions and which of them need connectivity",
    "unit and fleet reachability, outage windows, time-to-recover, per network and country",
    "fallback tests (profile switch, bearer switch, store-and-forward, local operation)",
    "DoS/attach-storm tests and back-off behaviour"
   ],
   "cannotShow": "No uptime target exists in the CRA; multi-network is not prescribed. Evidence must show the functions, not just the link, stay available.",
   "responsibility": "Name the essential functions and show that they, not only the link, stay available.",
   "otherArtefacts": [
    "resilience design",
    "recovery test report"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(h)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.i",
   "ref": "Annex I, Part I, point (2)(i)",
   "part": 1,
   "title": "Minimise negative impact on other services and networks",
   "requirement": "Keep the product or connected devices from harming the availability of services offered by other devices or networks.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "policy-changes",
     "shows": "back-off and rate limits in force"
    },
    {
     "kind": "drills",
     "shows": "how a fleet came back after an outage"
    }
   ],
   "couldShow": [
    "signalling and traffic behaviour: attach/retry back-off, paging load, synchronised-reconnect tests",
    "rate limits and kill-switch for a compromised fleet",
    "egress policy showing the fleet cannot be used as attack infrastructure"
   ],
   "cannotShow": "Operator network acceptance helps but is not conformity evidence on its own.",
   "responsibility": "Test how the product behaves towards networks and other services.",
   "otherArtefacts": [
    "network-friendliness test"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(i)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.j",
   "ref": "Annex I, Part I, point (2)(j)",
   "part": 1,
   "title": "Limit attack surface including external interfaces",
   "requirement": "Design, develop and produce the product so that attack surfaces, external interfaces included, are limited.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "exposure-checks",
     "shows": "ports found from outside, and those found from the private side"
    },
    {
     "kind": "apn-inventory",
     "shows": "units on public and on private APNs"
    }
   ],
   "couldShow": [
    "external interface register (ports, services, SMS, voice, BLE, debug) and scan results from public and private vantage points",
    "private addressing/no inbound reachability test",
    "services removed because of the private path, with SBOM diff"
   ],
   "cannotShow": "Removing exposure at the network edge must hold under reasonably foreseeable use (e.g. user swaps the SIM).",
   "responsibility": "Keep interfaces closed under foreseeable use, also after a user swaps the SIM.",
   "otherArtefacts": [
    "threat model"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(j)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.k",
   "ref": "Annex I, Part I, point (2)(k)",
   "part": 1,
   "title": "Reduce impact of incidents",
   "requirement": "Use appropriate exploitation mitigation mechanisms and techniques so that an incident has less effect.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "quarantine",
     "shows": "units put into quarantine, and the time it took"
    },
    {
     "kind": "apn-inventory",
     "shows": "segments of the private line"
    }
   ],
   "couldShow": [
    "segmentation between units/customers on the private path",
    "quarantine/suspend action logs (SIM suspend, APN move, policy block) with time-to-effect"
   ],
   "cannotShow": "Suspending connectivity may itself break an essential function; record the trade-off.",
   "responsibility": "Put exploit mitigations into the device.",
   "otherArtefacts": [
    "sandboxing, memory-safety, privilege separation evidence"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(k)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.l",
   "ref": "Annex I, Part I, point (2)(l)",
   "part": 1,
   "title": "Recording and monitoring of security-relevant activity",
   "requirement": "Provide security information by recording and monitoring relevant internal activity, including access to or change of data, services or functions, with an opt-out for the user.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "beacons",
     "shows": "heartbeats with gaps and clock quality"
    },
    {
     "kind": "ledger",
     "shows": "an append-only record of what happened"
    }
   ],
   "couldShow": [
    "device and network event log with clock source, gap detection and completeness metric",
    "evidence that the user opt-out exists and what is lost when it is used"
   ],
   "cannotShow": "Operator-side CDR/attach logs are not device logs.",
   "responsibility": "Record security events in the device, and give the user an opt-out.",
   "otherArtefacts": [
    "logging spec"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(l)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.1.2.m",
   "ref": "Annex I, Part I, point (2)(m)",
   "part": 1,
   "title": "Secure and easy removal of data and settings",
   "requirement": "Let users permanently remove all data and settings securely and easily; where data can move to other products or systems, make that transfer secure.",
   "applicability": "riskBased",
   "naAllowed": true,
   "connectivity": "supporting",
   "evidence": [
    {
     "kind": "decommissioning",
     "shows": "units taken out of service, with what was confirmed"
    }
   ],
   "couldShow": [
    "decommission record: keys wiped, SIM/profile deleted or terminated, cloud tenant data erased, receipt"
   ],
   "cannotShow": "An unreachable unit cannot confirm a remote wipe; keep an offline procedure.",
   "responsibility": "Offer secure removal of data and settings, also for a unit that is out of reach.",
   "otherArtefacts": [
    "wipe test"
   ],
   "citations": [
    {
     "place": "Annex I, Part I, point (2)(m)",
     "mark": "verified"
    },
    {
     "place": "Art. 13(4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.1",
   "ref": "Annex I, Part II, point (1)",
   "part": 2,
   "title": "Identify and document vulnerabilities and components; SBOM",
   "requirement": "Identify and document vulnerabilities and components, among others with a software bill of materials in a common machine-readable format that covers at the very least the top-level dependencies.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "sbom-match",
     "shows": "bills of materials and what they match"
    },
    {
     "kind": "unit-versions",
     "shows": "which unit runs which version, and how old that knowledge is"
    }
   ],
   "couldShow": [
    "SBOM entries for modem firmware, eUICC OS/applets supplied by the maker, connectivity agents, VPN clients",
    "map unit -> installed version -> SBOM from last contact, with age of that knowledge"
   ],
   "cannotShow": "Law names no format; Art. 13(24) implementing act not adopted (as of 2026-10-06).",
   "responsibility": "Draw up the SBOM of the product and identify its vulnerabilities.",
   "otherArtefacts": [
    "SBOM per release",
    "vulnerability register"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (1)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.2",
   "ref": "Annex I, Part II, point (2)",
   "part": 2,
   "title": "Address and remediate without delay",
   "requirement": "In proportion to the risks, address and remediate vulnerabilities without delay, including by security updates; where technically feasible keep security updates apart from feature updates.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "campaigns",
     "shows": "time from release to coverage"
    },
    {
     "kind": "cases",
     "shows": "time from signal to decision and measure"
    },
    {
     "kind": "quarantine",
     "shows": "interim measures in the network"
    }
   ],
   "couldShow": [
    "time from triage to mitigation to fleet coverage",
    "network-side interim mitigation record (block, quarantine) with start and end"
   ],
   "cannotShow": "Risk-based: not every finding needs a patch (FAQ 4.3.1).",
   "responsibility": "Triage, fix and release; keep security updates apart from features where feasible.",
   "otherArtefacts": [
    "triage log",
    "separate security release channel"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (2)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.3",
   "ref": "Annex I, Part II, point (3)",
   "part": 2,
   "title": "Effective and regular tests and reviews",
   "requirement": "Test and review the product's security effectively and regularly.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "supporting",
   "evidence": [
    {
     "kind": "drills",
     "shows": "drills that were run, with their results"
    },
    {
     "kind": "rehearsals",
     "shows": "tests of the backup path"
    },
    {
     "kind": "exposure-checks",
     "shows": "repeated checks from outside"
    }
   ],
   "couldShow": [
    "recurring exposure scans and fail-over drills",
    "review log that new threats were checked against the test set"
   ],
   "cannotShow": "Regular means reviewing for new input, not repeating an unchanged campaign (guidance pts 238-240).",
   "responsibility": "Plan and run tests and reviews of the whole product.",
   "otherArtefacts": [
    "test plan and reports"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (3)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.4",
   "ref": "Annex I, Part II, point (4)",
   "part": 2,
   "title": "Publish fixed vulnerabilities",
   "requirement": "Once an update is available, share and publicly disclose fixed vulnerabilities: description, how to identify the affected product, impacts, severity, clear remediation help. In justified cases delay publication until users could patch.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "supporting",
   "evidence": [
    {
     "kind": "campaigns",
     "shows": "patch coverage that supports publishing now or later"
    },
    {
     "kind": "advisories",
     "shows": "advisories that were published"
    }
   ],
   "couldShow": [
    "fleet patch coverage used to justify a delay or the end of it"
   ],
   "cannotShow": "A delay needs a recorded justification.",
   "responsibility": "Publish fixed vulnerabilities, and record the reason for any delay.",
   "otherArtefacts": [
    "advisory (CSAF)",
    "VEX"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (4)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.5",
   "ref": "Annex I, Part II, point (5)",
   "part": 2,
   "title": "Coordinated vulnerability disclosure policy",
   "requirement": "Put in place and enforce a CVD policy.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "none",
   "evidence": [
    {
     "kind": "cases",
     "shows": "how reports were handled, and when"
    }
   ],
   "couldShow": [],
   "cannotShow": "Enforce implies records.",
   "responsibility": "Write, publish and follow the disclosure policy.",
   "otherArtefacts": [
    "policy",
    "case records"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (5)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.6",
   "ref": "Annex I, Part II, point (6)",
   "part": 2,
   "title": "Facilitate sharing on potential vulnerabilities; contact address",
   "requirement": "Help sharing of information on potential vulnerabilities in the product and its third-party components, including a contact address for reports.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "supporting",
   "evidence": [
    {
     "kind": "advisories",
     "shows": "advisory feeds of suppliers that are watched"
    }
   ],
   "couldShow": [
    "security contact of connectivity suppliers and their advisory feeds"
   ],
   "cannotShow": "A feed that is watched shows neither that a report was read nor that it was answered.",
   "responsibility": "Give a contact address and read what arrives.",
   "otherArtefacts": [
    "security contact",
    "security.txt (optional)"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (6)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.7",
   "ref": "Annex I, Part II, point (7)",
   "part": 2,
   "title": "Secure update distribution",
   "requirement": "Have mechanisms that distribute updates securely so that vulnerabilities are fixed or mitigated in time, automatically for security updates where applicable.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "campaigns",
     "shows": "delivery, integrity and stragglers of an update"
    },
    {
     "kind": "reach",
     "shows": "units that no update can reach today"
    },
    {
     "kind": "rehearsals",
     "shows": "the second path, tested"
    }
   ],
   "couldShow": [
    "authenticated, integrity-protected delivery proof end to end",
    "multi-path delivery capability and its test results",
    "stragglers list: unreachable units, last contact, next attempt, alternative path"
   ],
   "cannotShow": "Delivery over a second path shows nothing about the contents of the update.",
   "responsibility": "Run the distribution of updates and protect its keys.",
   "otherArtefacts": [
    "update signing",
    "rollback protection"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (7)",
     "mark": "verified"
    }
   ]
  },
  {
   "id": "I.2.8",
   "ref": "Annex I, Part II, point (8)",
   "part": 2,
   "title": "Disseminate without delay, free of charge, with advisory",
   "requirement": "Available security updates reach users without delay and free of charge (tailor-made business agreements aside), with advisory messages on what to do.",
   "applicability": "supportPeriod",
   "naAllowed": false,
   "connectivity": "direct",
   "evidence": [
    {
     "kind": "campaigns",
     "shows": "time from availability to offer, unit by unit"
    },
    {
     "kind": "user-notices",
     "shows": "notices that were sent to users"
    },
    {
     "kind": "update-availability",
     "shows": "updates that are still available"
    }
   ],
   "couldShow": [
    "offer timestamp vs availability timestamp per unit",
    "proof that data/roaming charges for the update do not fall on the user as an update fee (interpretation)",
    "user notices delivered"
   ],
   "cannotShow": "The free-of-charge words concern the update; connectivity cost treatment is not addressed in the text (interpretation).",
   "responsibility": "Offer security updates free of charge, with advice on what to do.",
   "otherArtefacts": [
    "advisory messages"
   ],
   "citations": [
    {
     "place": "Annex I, Part II, point (8)",
     "mark": "verified"
    }
   ]
  }
 ]
}
"""#
}
