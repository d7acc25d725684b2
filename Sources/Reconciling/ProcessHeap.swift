import CSystemCalls

/// The memory of this process.
public enum ProcessHeap {
    /// Makes all threads take memory from one heap (mallopt(3), M_ARENA_MAX); to be called before the second thread begins.
    ///
    /// With a heap for each thread, what one frees the others can't have: a plan of 100,000 hosts took 5 % more. Its two or three threads
    /// rarely wait for each other.
    public static func shareAmongThreads() { _ = csys_share_heap() }
}
