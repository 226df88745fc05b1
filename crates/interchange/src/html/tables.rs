//! Tables; a table of one cell is a frame around text and falls away.

use base::document::{Block, CellAttrs, Table, TableAttrs, TableCell, TableRow};
use scraper::ElementRef;

use super::{
    Found, Place, Reader,
    labels::fitting,
    line::{Sink, on_one_line},
};

/// Columns or rows that one cell may span (the limit that HTML sets for `colspan`).
const MAX_SPAN: u16 = 1_000;

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, sink: &mut Sink, element: Found<'_>, place: &Place) {
        let rows = rows_of(element);
        if let [row] = rows.as_slice()
            && let [cell] = cells_of(*row).as_slice()
            && caption_in(element).is_none()
        {
            let cell = *cell;
            let strays = self.strays(sink, element, place);
            sink.blocks(strays);
            return sink.within(super::flow_of(cell.value()), |sink| {
                self.children(sink, cell, place);
            });
        }
        let (caption, long_caption) = self.table_caption(element);
        let mut hoisted = self.strays(sink, element, place);
        let mut content = Vec::new();
        for row in rows {
            let cells = cells_of(row);
            let cells: Vec<TableCell> = cells
                .into_iter()
                .map(|cell| self.cell(sink, cell, place, &mut hoisted))
                .collect();
            if !cells.is_empty() {
                content.push(TableRow::TableRow { content: cells });
            }
        }
        if !content.is_empty() {
            sink.block(Block::Table(Table {
                attrs: TableAttrs { caption },
                content,
            }));
        } else if let Some(caption) = caption {
            sink.block(Block::paragraph(&caption));
        }
        if !hoisted.is_empty() {
            self.setting.margin.remark(
                "things in cells of a table",
                "pictures and cards stand below their table here",
            );
        }
        sink.blocks(hoisted);
        sink.blocks(long_caption.into_iter().collect());
    }

    /// What stands in a table beside its rows and cells: scripts, styles, a second caption.
    fn strays(&mut self, sink: &Sink, table: Found<'_>, place: &Place) -> Vec<Block> {
        let mut stray = sink.nested();
        let first_caption = caption_in(table).map(|caption| caption.id());
        let parts = table
            .child_elements()
            .filter(|part| matches!(part.value().name(), "thead" | "tbody" | "tfoot"));
        let holders = std::iter::once(table).chain(parts).chain(rows_of(table));
        for holder in holders {
            for child in holder.children() {
                let name = child.value().as_element().map(|inner| inner.name());
                let expected = name.is_some_and(|name| PARTS.contains(&name));
                if !expected && Some(child.id()) != first_caption {
                    self.siblings(&mut stray, std::iter::once(child), place);
                }
            }
        }
        stray.finish()
    }

    fn cell(
        &mut self,
        sink: &Sink,
        cell: Found<'_>,
        place: &Place,
        hoisted: &mut Vec<Block>,
    ) -> TableCell {
        let (content, others) = on_one_line(self.nested(sink, cell, place));
        hoisted.extend(others);
        TableCell::TableCell {
            attrs: CellAttrs {
                header: cell.value().name() == "th",
                colspan: span(cell, "colspan"),
                rowspan: span(cell, "rowspan"),
            },
            content,
        }
    }

    fn table_caption(&mut self, table: Found<'_>) -> (Option<String>, Option<Block>) {
        match caption_in(table) {
            Some(caption) => fitting(self.label(caption)),
            None => (None, None),
        }
    }
}

/// What a table is made of beside its caption.
const PARTS: [&str; 8] = [
    "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col",
];

fn caption_in(table: Found<'_>) -> Option<Found<'_>> {
    table
        .child_elements()
        .find(|child| child.value().name() == "caption")
}

/// The rows of a table, not those of tables within it.
fn rows_of(table: Found<'_>) -> Vec<Found<'_>> {
    let mut rows = Vec::new();
    for child in table.child_elements() {
        match child.value().name() {
            "tr" => rows.push(child),
            "thead" | "tbody" | "tfoot" => rows.extend(
                child
                    .child_elements()
                    .filter(|inner| inner.value().name() == "tr"),
            ),
            _ => {}
        }
    }
    rows
}

fn cells_of(row: ElementRef<'_>) -> Vec<Found<'_>> {
    row.child_elements()
        .filter(|cell| matches!(cell.value().name(), "td" | "th"))
        .collect()
}

fn span(cell: Found<'_>, name: &str) -> u16 {
    cell.attr(name)
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, MAX_SPAN)
}
