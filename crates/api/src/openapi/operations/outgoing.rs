//! What leaves the house.

use super::Operation;

/// Rows of webhooks and embeds.
pub(super) fn outgoing(row: &str) -> Option<Operation> {
    Some(match row {
        "WEBHOOKS" => {
            Operation::reading("Addresses that are told what readers are told.", "Webhooks")
        }
        "WEBHOOK" => Operation::reading("A webhook.", "Webhook"),
        "MAKE_WEBHOOK" => Operation {
            done: "Made. Its secret is in this answer and never again.",
            headers: &["Location"],
            ..Operation::reading("Add a webhook.", "WebhookMade")
        }
        .taking("WebhookAsked")
        .with_status(201),
        "CHANGE_WEBHOOK" => Operation {
            is_kept: true,
            done: "Done; the webhook as it now is.",
            ..Operation::reading("Change a webhook, or turn it on or off.", "Webhook")
        }
        .taking("WebhookChanged"),
        "REMOVE_WEBHOOK" => Operation {
            answers: None,
            is_kept: true,
            done: "Gone, with its log.",
            ..Operation::reading("Take a webhook away.", "Webhook").with_status(204)
        },
        "DELIVERIES" => {
            Operation::reading("What was sent to a webhook, newest first.", "Deliveries")
        }
        "REDELIVER" => Operation {
            is_kept: true,
            done: "It will be sent at once, and by the schedule if that fails.",
            ..Operation::reading("Send a delivery again.", "Delivery").with_status(202)
        },
        "EMBED" => Operation::reading(
            "A card of something elsewhere, from its own words.",
            "EmbedFound",
        )
        .taking("EmbedAsked"),
        _ => return None,
    })
}
