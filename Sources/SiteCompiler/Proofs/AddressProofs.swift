import Addressing
import Diagnostics
import InventorySchema

extension SiteDerivation {
    /// No address stands on two interfaces of the site.
    mutating func proveAddresses() {
        var all: [(address: IPAddress, link: Int)] = []
        all.reserveCapacity(graph.links.count)
        for index in graph.links.indices {
            for address in graph.links[index].addresses { all.append((address, index)) }
        }
        all.sort { ($0.address, $0.link) < ($1.address, $1.link) }
        for index in all.indices.dropFirst() where all[index].address == all[index - 1].address {
            let (first, later) = (graph.links[all[index - 1].link], graph.links[all[index].link])
            let (there, here) = first.span < later.span ? (first, later) : (later, first)
            report(
                .duplicateAddress,
                "address \(all[index].address) of '\(graph.hosts[here.host].name)' interface '\(here.label)' is also '\(graph.hosts[there.host].name)' interface '\(there.label)'s",
                at: here.span, notes: [.init("first given here", at: there.span)], mend: "choose another address for one of the two")
        }
    }
}
