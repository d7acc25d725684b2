public import Addressing

/// What kind of machine a host is.
public enum HostForm: String, Sendable, CaseIterable {
    /// Hypervisor.
    case hv
    /// Virtual machine.
    case vm
    /// Physical host.
    case ph
    /// Raspberry Pi.
    case pi
    /// Embedded device.
    case em
    /// Router.
    case rt
    /// Switch.
    case sw
    /// Access point.
    case ap
}

/// A MAC address as the inventory gives it: known, or said to be unknown.
public enum MACFact: Sendable, Equatable {
    case known(MACAddress)
    /// `mac: unknown`: legal, and named as what it blocks.
    case unknown
}

/// What a host is, wherever it stands: edited when hardware changes.
public struct HostIdentity: Sendable {
    /// The key under `hosts`.
    public var name: Located<String>
    /// The name it had before; a rename is a move.
    public var formerly: Located<String>?
    /// The kind of machine.
    public var form: HostForm
    /// The hardware type.
    public var hardware: Located<String>?
    /// Its interfaces, in the order written.
    public var interfaces: [InterfaceIdentity]
}

/// A network interface of a host.
public struct InterfaceIdentity: Sendable {
    /// The key under `interfaces`.
    public var label: Located<String>
    /// The hardware address; nil when the key is left out (a virtual or unmanaged interface).
    public var mac: Located<MACFact>?
    /// The name that the host's system gives it.
    public var device: Located<String>?
}
