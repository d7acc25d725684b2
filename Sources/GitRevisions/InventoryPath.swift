extension InventorySnapshot {
    /// The sites that have a file, in order.
    public var siteNames: [String] {
        var names: [String] = []
        // A site's files stand together.
        var folder: [UInt8] = []
        for file in files where folder.isEmpty || !hasBytes(folder, at: 0, of: file.path) {
            guard let name = siteName(ofPath: file.path) else { continue }
            names.append(name)
            folder = Array("sites/\(name)/".utf8)
        }
        return names
    }
}

/// The site that a path of the inventory belongs to, `NAME` of `sites/NAME/…`; nil outside of those.
public func siteName(ofPath path: String) -> String? {
    let (folder, utf8) = ("sites/".utf8, path.utf8)
    let (wanted, bytes) = (folder.span, utf8.span)
    guard bytes.count > wanted.count else { return nil }
    for index in wanted.indices where bytes[index] != wanted[index] { return nil }
    var end = wanted.count
    while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
    guard end > wanted.count, end + 1 < bytes.count else { return nil }
    return String(Substring(utf8.dropFirst(wanted.count).prefix(end - wanted.count)))
}
