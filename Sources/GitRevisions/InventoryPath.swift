/// The site that a path of the inventory belongs to, `NAME` of `sites/NAME/…`; nil outside of those.
public func siteName(ofPath path: String) -> String? {
    let folder = "sites/"
    guard path.utf8.starts(with: folder.utf8) else { return nil }
    let rest = path.utf8.dropFirst(folder.utf8.count)
    guard let slash = rest.firstIndex(of: UInt8(ascii: "/")), slash > rest.startIndex, rest.index(after: slash) < rest.endIndex else {
        return nil
    }
    return String(Substring(rest[..<slash]))
}
