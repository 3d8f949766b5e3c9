extension DeadlineVector {
    /// The vectors for incidents: input, and what each reading gives.
    static let incidentJSON = #"""
        [
          {
            "id": "V02", "title": "Awareness 23:30 on 31 January, a Sunday; month end",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "awareAtUTC": "2027-01-31T22:30:00Z",
              "awareAtLocal": "2027-01-31T23:30:00+01:00", "incidentNotificationSubmittedAtUTC": "2027-01-31T22:30:00Z",
              "incidentNotificationSubmittedAtLocal": "2027-01-31T23:30:00+01:00"
            },
            "expected": {
              "earlyWarning24h": {
                "conservativeUTC": "2027-02-01T22:30:00Z", "conservativeLocal": "2027-02-01T23:30:00+01:00", "weekday": "Mon",
                "formalEndExclusiveUTC": "2027-02-01T23:00:00Z", "formalEndExclusiveLocal": "2027-02-02T00:00:00+01:00"
              },
              "notification72h": {
                "conservativeUTC": "2027-02-03T22:30:00Z", "conservativeLocal": "2027-02-03T23:30:00+01:00", "weekday": "Wed",
                "formalEndExclusiveUTC": "2027-02-03T23:00:00Z", "formalEndExclusiveLocal": "2027-02-04T00:00:00+01:00"
              },
              "finalSI1month": {
                "conservativeUTC": "2027-02-28T22:30:00Z", "conservativeLocal": "2027-02-28T23:30:00+01:00",
                "nominalLastDay": "2027-02-28 Sun", "formalLastDay": "2027-03-01 Mon", "formalEndExclusiveUTC": "2027-03-01T23:00:00Z",
                "formalEndExclusiveLocal": "2027-03-02T00:00:00+01:00"
              }
            }
          },
          {
            "id": "V08", "title": "Christmas Eve awareness: holidays count",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "awareAtUTC": "2026-12-24T15:00:00Z",
              "awareAtLocal": "2026-12-24T16:00:00+01:00"
            },
            "expected": {
              "earlyWarning24h": {
                "conservativeUTC": "2026-12-25T15:00:00Z", "conservativeLocal": "2026-12-25T16:00:00+01:00", "weekday": "Fri",
                "formalEndExclusiveUTC": "2026-12-25T16:00:00Z", "formalEndExclusiveLocal": "2026-12-25T17:00:00+01:00"
              },
              "notification72h": {
                "conservativeUTC": "2026-12-27T15:00:00Z", "conservativeLocal": "2026-12-27T16:00:00+01:00", "weekday": "Sun",
                "formalEndExclusiveUTC": "2026-12-27T16:00:00Z", "formalEndExclusiveLocal": "2026-12-27T17:00:00+01:00"
              }
            }
          },
          {
            "id": "V09b", "title": "Leap year: month from 31 January 2028",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "incidentNotificationSubmittedAtUTC": "2028-01-31T09:00:00Z",
              "incidentNotificationSubmittedAtLocal": "2028-01-31T10:00:00+01:00"
            },
            "expected": {
              "finalSI1month": {
                "conservativeUTC": "2028-02-29T09:00:00Z", "conservativeLocal": "2028-02-29T10:00:00+01:00",
                "nominalLastDay": "2028-02-29 Tue", "formalLastDay": "2028-02-29 Tue", "formalEndExclusiveUTC": "2028-02-29T23:00:00Z",
                "formalEndExclusiveLocal": "2028-03-01T00:00:00+01:00"
              }
            }
          },
          {
            "id": "V09c", "title": "Month from 30 January 2027 (no leap)",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "incidentNotificationSubmittedAtUTC": "2027-01-30T09:00:00Z",
              "incidentNotificationSubmittedAtLocal": "2027-01-30T10:00:00+01:00"
            },
            "expected": {
              "finalSI1month": {
                "conservativeUTC": "2027-02-28T09:00:00Z", "conservativeLocal": "2027-02-28T10:00:00+01:00",
                "nominalLastDay": "2027-02-28 Sun", "formalLastDay": "2027-03-01 Mon", "formalEndExclusiveUTC": "2027-03-01T23:00:00Z",
                "formalEndExclusiveLocal": "2027-03-02T00:00:00+01:00"
              }
            }
          },
          {
            "id": "V15", "title": "Incident notification on 31 December",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "incidentNotificationSubmittedAtUTC": "2026-12-31T16:00:00Z",
              "incidentNotificationSubmittedAtLocal": "2026-12-31T17:00:00+01:00"
            },
            "expected": {
              "finalSI1month": {
                "conservativeUTC": "2027-01-31T16:00:00Z", "conservativeLocal": "2027-01-31T17:00:00+01:00",
                "nominalLastDay": "2027-01-31 Sun", "formalLastDay": "2027-02-01 Mon", "formalEndExclusiveUTC": "2027-02-01T23:00:00Z",
                "formalEndExclusiveLocal": "2027-02-02T00:00:00+01:00"
              }
            }
          },
          {
            "id": "V16", "title": "Notification submitted early: month runs from submission",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "awareAtUTC": "2026-11-03T07:00:00Z",
              "awareAtLocal": "2026-11-03T08:00:00+01:00", "incidentNotificationSubmittedAtUTC": "2026-11-03T12:00:00Z",
              "incidentNotificationSubmittedAtLocal": "2026-11-03T13:00:00+01:00"
            },
            "expected": {
              "earlyWarning24h": {
                "conservativeUTC": "2026-11-04T07:00:00Z", "conservativeLocal": "2026-11-04T08:00:00+01:00", "weekday": "Wed",
                "formalEndExclusiveUTC": "2026-11-04T08:00:00Z", "formalEndExclusiveLocal": "2026-11-04T09:00:00+01:00"
              },
              "notification72h": {
                "conservativeUTC": "2026-11-06T07:00:00Z", "conservativeLocal": "2026-11-06T08:00:00+01:00", "weekday": "Fri",
                "formalEndExclusiveUTC": "2026-11-06T08:00:00Z", "formalEndExclusiveLocal": "2026-11-06T09:00:00+01:00"
              },
              "finalSI1month": {
                "conservativeUTC": "2026-12-03T12:00:00Z", "conservativeLocal": "2026-12-03T13:00:00+01:00",
                "nominalLastDay": "2026-12-03 Thu", "formalLastDay": "2026-12-03 Thu", "formalEndExclusiveUTC": "2026-12-03T23:00:00Z",
                "formalEndExclusiveLocal": "2026-12-04T00:00:00+01:00"
              }
            }
          },
          {
            "id": "V17", "title": "Early warning already complete",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "awareAtUTC": "2026-11-03T07:00:00Z",
              "awareAtLocal": "2026-11-03T08:00:00+01:00", "earlyWarningSubmittedAtUTC": "2026-11-03T12:00:00Z",
              "incidentNotificationSubmittedAtUTC": "2026-11-03T12:00:00Z",
              "incidentNotificationSubmittedAtLocal": "2026-11-03T13:00:00+01:00"
            },
            "expected": {
              "earlyWarning24h": {
                "conservativeUTC": "2026-11-04T07:00:00Z", "conservativeLocal": "2026-11-04T08:00:00+01:00", "weekday": "Wed",
                "formalEndExclusiveUTC": "2026-11-04T08:00:00Z", "formalEndExclusiveLocal": "2026-11-04T09:00:00+01:00"
              },
              "notification72h": {
                "conservativeUTC": "2026-11-06T07:00:00Z", "conservativeLocal": "2026-11-06T08:00:00+01:00", "weekday": "Fri",
                "formalEndExclusiveUTC": "2026-11-06T08:00:00Z", "formalEndExclusiveLocal": "2026-11-06T09:00:00+01:00"
              },
              "srpDisplayed72hUTC": "2026-11-05T12:00:00Z",
              "finalSI1month": {
                "conservativeUTC": "2026-12-03T12:00:00Z", "conservativeLocal": "2026-12-03T13:00:00+01:00",
                "nominalLastDay": "2026-12-03 Thu", "formalLastDay": "2026-12-03 Thu", "formalEndExclusiveUTC": "2026-12-03T23:00:00Z",
                "formalEndExclusiveLocal": "2026-12-04T00:00:00+01:00"
              }
            }
          },
          {
            "id": "V18", "title": "Zone edge: Helsinki, 00:30 on 1 December",
            "input": {
              "timeZone": "Europe/Helsinki", "memberState": "FI", "incidentNotificationSubmittedAtUTC": "2026-11-30T22:30:00Z",
              "incidentNotificationSubmittedAtLocal": "2026-12-01T00:30:00+02:00"
            },
            "expected": {
              "finalSI1month": {
                "conservativeUTC": "2026-12-30T22:30:00Z", "conservativeLocal": "2026-12-31T00:30:00+02:00",
                "nominalLastDay": "2027-01-01 Fri", "formalLastDay": "2027-01-04 Mon", "formalEndExclusiveUTC": "2027-01-04T22:00:00Z",
                "formalEndExclusiveLocal": "2027-01-05T00:00:00+02:00"
              }
            }
          },
          {
            "id": "V21", "title": "Awareness seconds before midnight at year end",
            "input": {
              "timeZone": "Europe/Berlin", "memberState": "DE", "awareAtUTC": "2026-12-31T22:59:59Z",
              "awareAtLocal": "2026-12-31T23:59:59+01:00", "incidentNotificationSubmittedAtUTC": "2027-01-03T22:00:00Z",
              "incidentNotificationSubmittedAtLocal": "2027-01-03T23:00:00+01:00"
            },
            "expected": {
              "earlyWarning24h": {
                "conservativeUTC": "2027-01-01T22:59:59Z", "conservativeLocal": "2027-01-01T23:59:59+01:00", "weekday": "Fri",
                "formalEndExclusiveUTC": "2027-01-01T23:00:00Z", "formalEndExclusiveLocal": "2027-01-02T00:00:00+01:00"
              },
              "notification72h": {
                "conservativeUTC": "2027-01-03T22:59:59Z", "conservativeLocal": "2027-01-03T23:59:59+01:00", "weekday": "Sun",
                "formalEndExclusiveUTC": "2027-01-03T23:00:00Z", "formalEndExclusiveLocal": "2027-01-04T00:00:00+01:00"
              },
              "finalSI1month": {
                "conservativeUTC": "2027-02-03T22:00:00Z", "conservativeLocal": "2027-02-03T23:00:00+01:00",
                "nominalLastDay": "2027-02-03 Wed", "formalLastDay": "2027-02-03 Wed", "formalEndExclusiveUTC": "2027-02-03T23:00:00Z",
                "formalEndExclusiveLocal": "2027-02-04T00:00:00+01:00"
              }
            }
          }
        ]
        """#
}
