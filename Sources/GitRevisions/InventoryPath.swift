/// The site that a path of the inventory belongs to, `NAME` of `sites/NAME/…`; nil outside of those.
public func siteName(ofPath path: String) -> String? {
    let folder = "sites/"
    guard path.hasPrefix(folder) else { return nil }
    let utf8 = path.utf8
    let bytes = utf8.span
    var end = folder.utf8.count
    while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
    guard end > folder.utf8.count, end + 1 < bytes.count else { return nil }
    return String(path[utf8.index(utf8.startIndex, offsetBy: folder.utf8.count)..<utf8.index(utf8.startIndex, offsetBy: end)])
}
