//! The shapes of what leaves the house: webhooks with their log, and cards of things elsewhere.

use courier::fetch::ADDRESS_LONGEST;
use serde_json::{Value, json};
use syndication::told::Occasion;

use super::{list_of, object, reference, text, told, words};

pub(super) fn webhooks() -> Value {
    let event = words(&Occasion::ALL.map(Occasion::word));
    let events = json!({"type": "array", "items": event, "minItems": 1});
    let mut made = webhook(&event);
    made["secret"] = json!({
        "type": "string", "description": "Signs what is sent (Standard Webhooks); shown this once.",
    });
    json!({
        "Webhook": told(webhook(&event)),
        "WebhookMade": told(made),
        "Webhooks": told(json!({
            "webhooks": list_of(reference("Webhook")),
            "events": {"type": "array", "items": event, "description": "All there are."},
        })),
        "WebhookAsked": object(json!({"url": text(ADDRESS_LONGEST), "events": events}), &["url", "events"]),
        "WebhookChanged": object(json!({
            "url": text(ADDRESS_LONGEST), "events": events, "on": {"type": "boolean"},
        }), &["url", "events", "on"]),
        "Delivery": told(delivery(&event)),
        "Deliveries": told(json!({
            "deliveries": list_of(reference("Delivery")),
            "next": {"type": ["string", "null"]},
        })),
    })
}

fn webhook(event: &Value) -> Value {
    json!({
        "id": reference("Id"), "url": {"type": "string"}, "events": list_of(event.clone()),
        "on": {"type": "boolean"},
        "off": {"anyOf": [{"type": "null"}, told(json!({
            "at": reference("Instant"), "why": {"type": "string"},
        }))]},
        "failing_since": {"anyOf": [{"type": "null"}, reference("Instant")]},
        "created_at": reference("Instant"), "created_by": {"type": "string"},
    })
}

fn delivery(event: &Value) -> Value {
    let moment = json!({"anyOf": [{"type": "null"}, reference("Instant")]});
    json!({
        "id": reference("Id"),
        "message": {"type": "string", "description": "The webhook-id its receiver sees."},
        "event": event, "state": words(&["waiting", "delivered", "failed"]),
        "attempts": {"type": "integer", "minimum": 0},
        "status": {"type": ["integer", "null"], "description": "What was answered last."},
        "why": {"type": ["string", "null"]},
        "made_at": reference("Instant"), "tried_at": moment, "next_at": moment,
    })
}

pub(super) fn embeds() -> Value {
    let text_or_nothing = json!({"type": ["string", "null"]});
    json!({
        "EmbedAsked": object(json!({"url": text(ADDRESS_LONGEST)}), &["url"]),
        "EmbedFound": told(json!({
            "embed": {
                "type": "object",
                "description": "A block for a body: {type: embed, attrs: {url, provider, title, frame}}. A frame names what the provider offers to be shown, {hash, width, height}; there is one where embeds.frame_origin is set.",
            },
            "author": text_or_nothing, "description": text_or_nothing,
            "picture": {
                "type": ["string", "null"], "description": "Its own address; nothing is loaded from it.",
            },
            "frame_url": {
                "type": ["string", "null"], "description": "Where the frame is shown, by pages of the site alone.",
            },
            "dropped_html": {
                "type": "boolean", "description": "HTML was offered that is not kept and never shown.",
            },
        })),
    })
}
