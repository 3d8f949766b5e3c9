// swift-format-ignore-file

extension FactFile {
    static let platformForm = #"""
{
  "source": "ENISA glossary of the CRA single reporting platform, v1.4",
  "asOf": "2026-10-01",
  "mark": "secondary",
  "note": "Seen in an archive of 4 October 2026. ENISA edits the page in place: numbers, limits and statuses moved several times in September 2026. Check the form itself.",
  "fields": [
    {
      "number": "1",
      "name": "Notification type",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "choices": ["Vulnerability", "Incident"]
    },
    {
      "number": "2",
      "name": "Title",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 255
    },
    {
      "number": "3",
      "name": "Summary",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 4000
    },
    {
      "number": "4",
      "name": "Manufacturer name",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "note": "Comes from the registration."
    },
    {
      "number": "5",
      "name": "Member States where it is available (concerned CSIRTs)",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "isMemberStates": true
    },
    {
      "number": "6",
      "name": "Product name",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 255
    },
    {
      "number": "7",
      "name": "Product version",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 255
    },
    {
      "number": "8",
      "name": "Product type",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "choices": ["Default", "Important", "Critical"]
    },
    {
      "number": "9",
      "name": "Product class",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "choices": ["Class I", "Class II"]
    },
    {
      "number": "10",
      "name": "Product category (Annex III/IV)",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver"
    },
    {
      "number": "11",
      "name": "Has support ended",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "choices": ["Yes", "No"]
    },
    {
      "number": "12",
      "name": "Component name",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 255
    },
    {
      "number": "13",
      "name": "Is a mitigating measure expected shortly",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "choices": ["Yes", "No"],
      "note": "Linked to Del. Reg. (EU) 2026/881 Art. 3(a)."
    },
    {
      "number": "14",
      "name": "User action that can reduce the impact",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 4000
    },
    {
      "number": "15",
      "name": "How sensitive the information is considered",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "carriedOver",
      "longest": 255
    },
    {
      "number": "16",
      "name": "Measures taken",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 2000
    },
    {
      "number": "17",
      "name": "Measures users can take",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 4000
    },
    {
      "number": "18",
      "name": "Attack vector",
      "earlyWarning": "notAsked",
      "notification": "optional",
      "finalReport": "optional",
      "longest": 255
    },
    {
      "number": "v19",
      "name": "CVE ID",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 255
    },
    {
      "number": "v20",
      "name": "EUVD ID",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 255
    },
    {
      "number": "v21",
      "name": "General information on vulnerability and exploit",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "required",
      "finalReport": "carriedOver",
      "longest": 4000
    },
    {
      "number": "v22",
      "name": "When the measure became available",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "isInstant": true
    },
    {
      "number": "v23",
      "name": "Details of the update or corrective measure",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 2000
    },
    {
      "number": "v24",
      "name": "Full description: severity",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 4000
    },
    {
      "number": "v25",
      "name": "Full description: impact",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 4000
    },
    {
      "number": "v26",
      "name": "When the manufacturer became aware of the exploited vulnerability",
      "kind": "vulnerability",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "isInstant": true,
      "note": "To arrive with a later release of the platform."
    },
    {
      "number": "v26a",
      "name": "When the exploitation occurred",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "required",
      "finalReport": "carriedOver",
      "isInstant": true
    },
    {
      "number": "v27",
      "name": "Malicious actor",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "ifAvailable",
      "longest": 100
    },
    {
      "number": "v28",
      "name": "Particularly exceptional circumstance claimed",
      "kind": "vulnerability",
      "earlyWarning": "notAsked",
      "notification": "optional",
      "finalReport": "notAsked"
    },
    {
      "number": "v29",
      "name": "Ground for the exceptional circumstance",
      "kind": "vulnerability",
      "earlyWarning": "notAsked",
      "notification": "optional",
      "finalReport": "notAsked",
      "note": "One or more of three grounds."
    },
    {
      "number": "v30",
      "name": "Exceptional circumstance: further information",
      "kind": "vulnerability",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "carriedOver",
      "longest": 800
    },
    {
      "number": "i31",
      "name": "Are unlawful or malicious acts suspected",
      "kind": "incident",
      "earlyWarning": "required",
      "notification": "carriedOver",
      "finalReport": "carriedOver",
      "longest": 255,
      "choices": ["Yes", "No", "Unknown"]
    },
    {
      "number": "i32",
      "name": "General information on the nature of the incident",
      "kind": "incident",
      "earlyWarning": "optional",
      "notification": "required",
      "finalReport": "carriedOver",
      "longest": 4000
    },
    {
      "number": "i33",
      "name": "Applied and ongoing mitigation",
      "kind": "incident",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 4000
    },
    {
      "number": "i34",
      "name": "Detailed description: severity",
      "kind": "incident",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 4000
    },
    {
      "number": "i35",
      "name": "Detailed description: impact",
      "kind": "incident",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 4000
    },
    {
      "number": "i36",
      "name": "Threat type or root cause",
      "kind": "incident",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "required",
      "longest": 255
    },
    {
      "number": "i37",
      "name": "When the manufacturer became aware of the incident",
      "kind": "incident",
      "earlyWarning": "required",
      "notification": "required",
      "finalReport": "carriedOver",
      "isInstant": true,
      "note": "Labelled as the time of detection in the release then current."
    },
    {
      "number": "i38",
      "name": "When the incident occurred",
      "kind": "incident",
      "earlyWarning": "optional",
      "notification": "required",
      "finalReport": "optional",
      "isInstant": true
    },
    {
      "number": "i39",
      "name": "Initial assessment",
      "kind": "incident",
      "earlyWarning": "optional",
      "notification": "required",
      "finalReport": "carriedOver",
      "longest": 4000
    },
    {
      "number": "40",
      "name": "Note of the representative",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "optional"
    },
    {
      "number": "41",
      "name": "Note of the CSIRT",
      "earlyWarning": "optional",
      "notification": "optional",
      "finalReport": "optional",
      "note": "The CSIRT's, not the manufacturer's."
    }
  ]
}
"""#
}
