/// The bare scan, as a measure: what libyaml alone costs on the same bytes in the same run.
public enum YAMLScan {
    /// The number of libyaml events, without any tree; nil when libyaml refuses the bytes.
    public static func eventCount(_ bytes: [UInt8]) -> Int? { Libyaml.countEvents(bytes) }
}
