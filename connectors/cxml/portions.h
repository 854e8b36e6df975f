// Items that stand in portions, one for each order: InvoiceDetailOrder, ShipNoticePortion, ReceiptOrder.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"

namespace purser::cxml {

/// A portion and what stands in it. Static storage.
struct Portion {
  std::string_view message;                 ///< "InvoiceDetailRequest"
  std::string_view name;                    ///< "InvoiceDetailOrder"
  std::span<const std::string_view> heads;  ///< what holds for all items of it: "InvoiceDetailOrderInfo"
  std::span<const std::string_view> items;  ///< "InvoiceDetailItem"
};

/// All of them.
std::span<const Portion> portions();

/// Reading: hands each item to `next` outside its portion, with the portion's heads as its first children; a
/// portion without items passes as it stands. What is in a portion besides (Contact, Comments, Extrinsic) is
/// given once, in a portion of its own, after the items. What is too large to be held is a finding in
/// `notes`.
std::unique_ptr<map::SyntaxSink> open_portions(map::SyntaxSink& next, DocumentSink& notes);

/// Writing: puts items with equal heads that follow each other in one portion. Heads that the table wrote at
/// the message's own level hold for items without any.
std::unique_ptr<map::SyntaxSink> close_portions(map::SyntaxSink& next, DocumentSink& notes);

}  // namespace purser::cxml
