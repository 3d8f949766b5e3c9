/// What somebody may do. One of these is asked of whoever calls.
public enum Permission: String, Codable, CaseIterable, Sendable {
    /// Look at everything but secrets.
    case read
    /// Change devices and cards: inventory, rehearsals, switching policies, drills.
    case operate
    /// Change the record: products, risks and cases; declare awareness, note what was submitted, sign evidence.
    case record
    /// Give and take access, and change settings.
    case administer
}

/// Who somebody is to the estate.
public enum Role: String, Codable, CaseIterable, Sendable {
    case viewer
    /// The connectivity engineer.
    case `operator`
    /// The compliance lead and the product-security team.
    case compliance
    case administrator

    public var permissions: Set<Permission> {
        switch self {
        case .viewer: [.read]
        case .operator: [.read, .operate]
        case .compliance: [.read, .record]
        case .administrator: Set(Permission.allCases)
        }
    }

    /// The roles that have a permission, as a sentence names them: "compliance or administrator".
    public static func having(_ permission: Permission) -> String {
        allCases.filter { $0.permissions.contains(permission) }.map(\.rawValue).joined(separator: " or ")
    }
}
