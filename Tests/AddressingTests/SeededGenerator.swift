/// A reproducible random source (SplitMix64). A property test names its seed in every expectation, so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func text(of characters: String, count: Int) -> String {
        String((0..<count).compactMap { _ in characters.randomElement(using: &self) })
    }
}

/// A new seed for every run: over time the properties see ever more values.
func freshSeed() -> UInt64 { UInt64.random(in: .min ... .max) }
