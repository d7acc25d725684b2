public import Diagnostics
import InventorySchema

/// What something was derived from; ``SiteGraph/origins(of:)`` tells where that was written.
public enum Subject: Sendable, Hashable {
    case site
    case segment(Int)
    case host(Int)
    case link(Int)
    case service(Int)
    // The rare ones are kept apart, because every record and every desired resource has a subject.
    indirect
        case ownerRecords(String, SourceSpan)
    indirect
        case alias(String, SourceSpan)
}
