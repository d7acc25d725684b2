public import Diagnostics
import InventorySchema

/// A plan for machines, and as it is saved: actions are spelled as in Terraform's `show -json`, so that policy tools read it almost unchanged.
public enum PlanJSON {
    /// The format's version: a new minor adds keys, a new major changes what keys mean.
    public static let formatVersion = "1.2"

    /// The plan as one document.
    public static func render(_ plan: Plan, guards: [Guard], texts: any SourceTexts) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("format_version", formatVersion)
            json.member(
                "applyable",
                plan.counts.total > 0 && guards.isEmpty && plan.strangers.isEmpty && plan.isComplete
                    && plan.sites.allSatisfy { $0.servingInstead == nil })
            json.member("complete", plan.isComplete)
            json.object("source") { json in
                json.member("summary", plan.source.summary)
                json.member("kind", plan.source.isCommit ? "commit" : "working tree")
                json.member("commit", plan.source.commit)
                json.member("dirty", plan.source.isDirty)
                json.member("inventory_digest", plan.source.inventoryDigest)
            }
            json.object("limits") { json in
                json.array("hosts") { json in for host in plan.scope.hosts { json.value(host) } }
                json.array("providers") { json in for provider in plan.scope.providers { json.value(provider) } }
            }
            json.object("summary") { json in for action in Action.allCases { json.member(action.rawValue, plan.counts[action]) } }
            json.array("guards") { json in for refusal in guards { write(refusal, &json) } }
            json.array("sites") { json in for site in plan.sites { write(site, &json) } }
            json.array("resource_changes") { json in
                for placement in plan.sites.flatMap(\.placements) {
                    let order = placement.order
                    for index in 0..<placement.count { write(placement.change(at: index, in: order), texts, &json) }
                }
            }
        }
        return json.text
    }

    private static func write(_ refusal: Guard, _ json: inout JSONWriter) {
        json.object { json in
            json.member("reason", refusal.reason.rawValue)
            json.member("host", refusal.host)
            json.member("provider", refusal.provider)
            json.member("count", refusal.resources.count)
            // What is deleted stands among the changes by its action; what is a way doesn't.
            if refusal.reason == .controllerPath {
                json.array("resources") { json in for resource in refusal.resources { json.value(resource.description) } }
            }
            json.member("owned", refusal.owned)
            json.member("allow", refusal.digest)
        }
    }

    private static func write(_ site: Plan.Site, _ json: inout JSONWriter) {
        json.object { json in
            json.member("name", site.name)
            json.member("mode", site.mode)
            json.member("serving_instead", site.servingInstead?.mode)
            json.array("placements") { json in
                for placement in site.placements {
                    json.object { json in
                        json.member("host", placement.host)
                        json.member("provider", placement.provider)
                        json.member("desired_digest", placement.desiredDigest)
                        json.member("observed_digest", placement.observedDigest)
                        json.member("observed", placement.observedCount)
                        json.member("not_rehearsed", placement.notRehearsed)
                        json.array("remarks") { json in
                            for remark in placement.remarks {
                                json.object { json in
                                    json.member("address", remark.address.description)
                                    json.member("code", remark.diagnostic.code.rawValue)
                                    json.member("severity", remark.diagnostic.severity.rawValue)
                                    json.member("message", remark.diagnostic.message)
                                    json.member("mend", remark.diagnostic.mend)
                                }
                            }
                        }
                        json.array("ignored") { json in
                            for difference in placement.ignored {
                                json.object { json in
                                    json.member("address", difference.address.description)
                                    json.member("reason", difference.reason)
                                    let (found, wanted) = (difference.attributes.map(\.before), difference.attributes.map(\.after))
                                    let names = difference.attributes.map(\.name)
                                    values("found", zip(names, found).compactMap { name, value in value.map { (name, $0) } }, &json)
                                    values("wanted", zip(names, wanted).compactMap { name, value in value.map { (name, $0) } }, &json)
                                }
                            }
                        }
                        json.array("strangers") { json in
                            for (address, stranger) in placement.strangers {
                                json.object { json in
                                    json.member("address", address.description)
                                    json.member("what", stranger.what)
                                    json.member("adopted", stranger.fate?.rawValue)
                                    json.member("mend", stranger.mend)
                                }
                            }
                        }
                        json.array("unread") { json in for unread in placement.unread { json.value("\(unread.kind): \(unread.reason)") } }
                    }
                }
            }
            json.array("missing_providers") { json in
                for missing in site.missing {
                    json.object { json in
                        json.member("host", missing.host)
                        json.member("provider", missing.provider)
                        json.array("roles") { json in for role in missing.roles { json.value(role) } }
                    }
                }
            }
            json.array("unreachable") { json in
                for target in site.unreachable {
                    json.object { json in
                        json.member("host", target.host)
                        json.member("reason", target.reason)
                    }
                }
            }
        }
    }

    private static func write(_ change: Change, _ texts: any SourceTexts, _ json: inout JSONWriter) {
        json.object { json in
            json.member("address", change.address.description)
            json.member("type", change.address.kind)
            json.object("change") { json in
                json.array("actions") { json in for action in change.action.terraform { json.value(action) } }
                values("before", change.attributes.compactMap { attribute in attribute.before.map { (attribute.name, $0) } }, &json)
                values("after", change.attributes.compactMap { attribute in attribute.after.map { (attribute.name, $0) } }, &json)
            }
            json.member("action", change.action.rawValue)
            json.member("reason", change.reason.rawValue)
            json.member("risk", change.risk.rawValue)
            json.member("cost", change.cost.rawValue)
            json.array("needs") { json in for need in change.needs { json.value(need.description) } }
            json.array("cause") { json in
                for cause in change.causes {
                    json.object { json in
                        json.member("path", cause.path)
                        json.member("file", cause.span.map { texts.path(of: $0.file) })
                        json.member("line", cause.span?.line)
                        json.member("before", cause.before)
                        json.member("after", cause.after)
                        if let presence = cause.presence { json.member("whole", presence.rawValue) }
                    }
                }
            }
            json.object("blast_radius") { json in
                json.array("services") { json in for name in change.blastRadius.services { json.value(name) } }
                json.array("names") { json in for name in change.blastRadius.names { json.value(name) } }
            }
        }
    }

    private static func values(_ key: String, _ values: [(String, String)], _ json: inout JSONWriter) {
        if values.isEmpty {
            json.member(key, nil as String?)
        } else {
            json.object(key) { json in for (name, value) in values { json.member(name, value) } }
        }
    }
}

extension Action {
    /// The action as Terraform spells it; a replacement is two.
    var terraform: [String] {
        switch self {
        case .create: ["create"]
        case .update: ["update"]
        case .replace: ["delete", "create"]
        case .delete, .decommission: ["delete"]
        }
    }
}
