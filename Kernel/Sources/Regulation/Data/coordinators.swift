// swift-format-ignore-file

extension FactFile {
    static let coordinators = #"""
{
  "source": "ENISA's list of CSIRTs designated as coordinators",
  "asOf": "2026-09-10",
  "mark": "secondary",
  "note": "Seen in an archive of the page. Croatia changed on 10 September 2026: check the list before the first report. It has no entry for Iceland, Liechtenstein or Norway.",
  "practice": [
    {
      "text": "The manufacturer itself names the coordinator on the platform. A wrong choice can be declared invalid, and the report must then be submitted again.",
      "citations": [{"place": "ENISA SRP FAQ 18", "mark": "secondary"}]
    },
    {"text": "A group reports an event once.", "citations": [{"place": "ENISA SRP FAQ 8", "mark": "secondary"}]},
    {
      "text": "Where a company is registered or pays tax does not decide.",
      "citations": [{"place": "our reading of Art. 14(7)", "mark": "interpretation"}]
    }
  ],
  "questions": [
    {
      "id": "establishment",
      "text": "Does the manufacturer have an establishment in the European Union?",
      "why": "The main establishment comes first; only without one do representatives, importers, distributors and users count.",
      "answer": "yesNo",
      "citations": [{"place": "Art. 14(7)", "mark": "verified"}]
    },
    {
      "id": "decisions",
      "text": "In which Member State are the decisions on the cybersecurity of its products predominantly taken?",
      "why": "That is the main establishment. Answer none when they are taken outside the Union or no Member State can be named.",
      "answer": "memberState",
      "citations": [{"place": "Art. 14(7)", "mark": "verified"}]
    },
    {
      "id": "employees",
      "text": "In which Member State is the establishment with the most employees in the Union?",
      "why": "It counts as the main establishment when the place of decisions cannot be determined.",
      "answer": "memberState",
      "citations": [{"place": "Art. 14(7)", "mark": "verified"}]
    },
    {
      "id": "representative",
      "text": "In which Member State is the authorised representative that acts for the highest number of its products?",
      "why": "Without an establishment in the Union the representative comes first. Answer none when there is none.",
      "answer": "memberState",
      "citations": [{"place": "Art. 14(7)", "mark": "verified"}]
    },
    {
      "id": "importer",
      "text": "In which Member State is the importer that places the highest number of its products on the market?",
      "why": "Comes next when there is no representative.",
      "answer": "memberState",
      "citations": [{"place": "Art. 14(7)", "mark": "verified"}]
    },
    {
      "id": "distributor",
      "text": "In which Member State is the distributor that makes the highest number of its products available?",
      "why": "Comes next when there is no importer.",
      "answer": "memberState",
      "citations": [{"place": "Art. 14(7)", "mark": "verified"}]
    },
    {
      "id": "users",
      "text": "In which Member State are most users of its products?",
      "why": "The last resort. Later reports may go to the CSIRT that got the first.",
      "answer": "memberState",
      "citations": [{"place": "Art. 14(7)", "mark": "verified"}]
    }
  ],
  "coordinators": [
    {
      "memberState": "AT",
      "csirt": "CERT.at",
      "contact": "https://www.cert.at/en/about-us/contact/",
      "zone": "Europe/Vienna"
    },
    {
      "memberState": "BE",
      "csirt": "CCB / CERT.be",
      "contact": "https://ccb.belgium.be/contacts",
      "zone": "Europe/Brussels"
    },
    {
      "memberState": "BG",
      "csirt": "GovCERT.bg",
      "contact": "https://www.govcert.bg/en/contact-us/",
      "zone": "Europe/Sofia"
    },
    {"memberState": "HR", "csirt": "NCSC.HR", "contact": "https://ncsc.hr/hr/kontakt", "zone": "Europe/Zagreb"},
    {"memberState": "CY", "csirt": "CSIRT-CY", "contact": "https://www.csirt.cy/en/contact-us", "zone": "Asia/Nicosia"},
    {
      "memberState": "CZ",
      "csirt": "NUKIB (GovCERT.CZ)",
      "contact": "https://nukib.gov.cz/cs/kontakty/",
      "zone": "Europe/Prague"
    },
    {
      "memberState": "DK",
      "csirt": "CFCS (Centre for Cyber Security)",
      "contact": "https://www.fe-ddis.dk/da/arbejdsomrade-a/Cybertruslen/",
      "zone": "Europe/Copenhagen"
    },
    {
      "memberState": "EE",
      "csirt": "CERT-EE (RIA)",
      "contact": "https://www.ria.ee/en/cyber-security/handling-cyber-incidents-cert-ee",
      "zone": "Europe/Tallinn"
    },
    {
      "memberState": "FI",
      "csirt": "NCSC-FI (Traficom)",
      "contact": "https://www.kyberturvallisuuskeskus.fi/en/contact-us/contact",
      "zone": "Europe/Helsinki"
    },
    {
      "memberState": "FR",
      "csirt": "CERT-FR (ANSSI)",
      "contact": "https://www.cert.ssi.gouv.fr/contact-us/",
      "zone": "Europe/Paris"
    },
    {
      "memberState": "DE",
      "csirt": "CERT-Bund (BSI)",
      "contact": "https://www.bsi.bund.de/EN/CERT-Bund/",
      "zone": "Europe/Berlin"
    },
    {
      "memberState": "GR",
      "csirt": "National Cybersecurity Authority",
      "contact": "https://cyber.gov.gr/el-csirt/",
      "zone": "Europe/Athens"
    },
    {"memberState": "HU", "csirt": "NCSC Hungary", "contact": "https://ncsc.gov.hu", "zone": "Europe/Budapest"},
    {"memberState": "IE", "csirt": "NCSC-IE", "contact": "https://www.ncsc.gov.ie/cra/", "zone": "Europe/Dublin"},
    {
      "memberState": "IT",
      "csirt": "CSIRT Italia (ACN)",
      "contact": "https://www.acn.gov.it/portale/csirt-italia/chi-siamo",
      "zone": "Europe/Rome"
    },
    {"memberState": "LV", "csirt": "CERT.LV", "contact": "https://cert.lv/", "zone": "Europe/Riga"},
    {"memberState": "LT", "csirt": "NKSC", "contact": "https://www.nksc.lt/kontaktai.html", "zone": "Europe/Vilnius"},
    {
      "memberState": "LU",
      "csirt": "CIRCL",
      "contact": "https://www.circl.lu/pub/coordinated-vulnerability-disclosure/",
      "zone": "Europe/Luxembourg"
    },
    {"memberState": "MT", "csirt": "CSIRTMalta (MITA)", "contact": "http://www.mita.gov.mt", "zone": "Europe/Malta"},
    {"memberState": "NL", "csirt": "NCSC-NL", "contact": "https://www.ncsc.nl/contact", "zone": "Europe/Amsterdam"},
    {"memberState": "PL", "csirt": "CERT.PL (NASK)", "contact": "https://cert.pl/en/cvd/", "zone": "Europe/Warsaw"},
    {
      "memberState": "PT",
      "csirt": "CERT.PT (CNCS)",
      "contact": "https://www.cncs.gov.pt/pt/certpt/rfc-2350",
      "zone": "Europe/Lisbon"
    },
    {"memberState": "RO", "csirt": "DNSC", "contact": "https://www.dnsc.ro/contact", "zone": "Europe/Bucharest"},
    {"memberState": "SK", "csirt": "SK-CERT (NBU)", "contact": "http://www.sk-cert.sk", "zone": "Europe/Bratislava"},
    {
      "memberState": "SI",
      "csirt": "SI-CERT",
      "contact": "https://www.cert.si/en/about-si-cert/",
      "zone": "Europe/Ljubljana"
    },
    {
      "memberState": "ES",
      "csirt": "INCIBE-CERT",
      "contact": "https://www.incibe.es/en/incibe-cert/incidents/incident-handling",
      "zone": "Europe/Madrid"
    },
    {
      "memberState": "SE",
      "csirt": "CERT-SE (MSB)",
      "contact": "https://cert.se/rapportera/",
      "zone": "Europe/Stockholm"
    }
  ]
}
"""#
}
