import Reconciling

extension DnsmasqFiles {
    /// The lines that say a state, each with its file; none for the process and for what isn't ours.
    public func lines(of state: DnsmasqState) -> [(file: String, line: String)] {
        if case .host(let host) = state {
            let reverse = Set(host.reverse)
            return host.addresses.map {
                (FileName.hosts.rawValue, HostLine(address: $0, name: host.name, isReverse: reverse.contains($0)).text)
            }
        }
        return state.fileLine.map { [($0.0.rawValue, $0.1)] } ?? []
    }
}
