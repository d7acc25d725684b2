import Foundation
import InventorySchema
import TestSupport
import Testing

/// The manual pages are what the command and the schema say of themselves.
@Suite struct ManualPageTests {
    @Test func `deevnet(1) is the command's own help`() async throws {
        let sandbox = try await Sandbox(.none)
        let dump = try await sandbox.run("deevnet --experimental-dump-help").results
        let help = try JSONDecoder().decode(CommandHelp.self, from: Data(dump.utf8))
        expectGolden(help.page, at: "../../packaging/man/deevnet.1")
    }

    @Test func `deevnet_yml(5) has every key of the schema`() {
        expectGolden(InventoryPage.text, at: "../../packaging/man/deevnet.yml.5")
    }

    @Test(
        .enabled(if: Project.installed("mandoc") != nil, "mandoc isn't installed: scripts/setup --test"),
        arguments: ["deevnet.1", "deevnet.yml.5"])
    func `mandoc finds nothing wrong with a page`(_ page: String) async throws {
        let sandbox = try await Sandbox(.none)
        // References to other pages are looked up on the machine; nothing says that they are installed here.
        let output = try await sandbox.run("mandoc -T lint -W warning '\(Project.folder)/packaging/man/\(page)'")
        #expect(output.status == 0)
        #expect(output.results + output.complaints == "")
    }

    @Test(.enabled(if: Project.installed("mandoc") != nil, "mandoc isn't installed: scripts/setup --test"))
    func `mandoc finds what is wrong with a page`() async throws {
        let sandbox = try await Sandbox(.none, files: [("broken.1", ".Dd January 1, 2026\n.Dt BROKEN 1\n.Os\n.Sh NAME\n.Xx\n.El\n")])
        #expect(try await sandbox.run("mandoc -T lint -W warning broken.1").status != 0)
    }
}
