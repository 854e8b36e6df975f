#include "canonical/map/program.h"

#include <algorithm>

#include "canonical/map/compiler.h"
#include "canonical/map/plan.h"
#include "canonical/map/reading.h"
#include "canonical/map/segment_form.h"
#include "canonical/map/writing.h"

namespace purser::map {
namespace {

bool known_document(const Table& table, const TableFile& main, Problems& problems, Plan& plan) {
  plan.document = find_document(table.document);
  if (plan.document != nullptr) return true;
  std::vector<std::string_view> names;
  for (const DocumentDescriptor& document : documents()) names.push_back(document.name);
  problems.add("MAP-0103", {main.name, 1, 1}, "no document '" + table.document + "' in the model",
               suggestion(table.document, names));
  return false;
}

/// Numbers the files by their place in the library, so that tables loaded from one library agree: a connector
/// shows the file behind Position::table whichever of its tables read the value.
void number_by_library(Plan& plan, std::span<const TableFile> library) {
  std::vector<std::string> names;
  for (const TableFile& file : library) names.push_back(file.name);
  std::vector<std::uint16_t> numbers = {0};
  for (const std::string& file : plan.tables) {
    auto place = std::find(names.begin(), names.end(), file);
    if (place == names.end()) place = names.insert(names.end(), file);
    numbers.push_back(static_cast<std::uint16_t>(place - names.begin() + 1));
  }
  for (Row& row : plan.rows) row.table = numbers[row.table];
  plan.tables = std::move(names);
}

}  // namespace

std::expected<std::shared_ptr<const Program>, Report> Program::load(const TableFile& main,
                                                                    std::span<const TableFile> library,
                                                                    std::span<const TableFile> overlays,
                                                                    const CallTable& calls,
                                                                    std::string_view version) {
  Problems problems;
  auto plan = std::make_unique<Plan>();
  Table table = read_table(main, library, overlays, version, problems);
  if (table.syntax.empty()) return std::unexpected(std::move(problems.report()));
  plan->syntax = table.syntax;
  plan->message = table.message;
  plan->version = table.version;
  plan->reads = table.arrow != Arrow::write;
  plan->writes = table.arrow != Arrow::read;
  plan->format = table.format;
  plan->tables = table.files;
  plan->deviations = table.deviations;
  const bool document = known_document(table, main, problems, *plan);
  const bool layout = read_layout(table.syntax, table.message, table.version, library, {main.name, 1, 1},
                                  problems, plan->layout);
  if (table.version == "*") plan->version = table.version = plan->layout.version;
  if (layout) index_layout(plan->layout);
  if (document && layout) Compiler(*plan, table, calls, problems).run();
  if (!problems.empty()) return std::unexpected(std::move(problems.report()));
  number_by_library(*plan, library);
  return std::make_shared<const Program>(std::move(plan));
}

Program::Program(std::unique_ptr<const Plan> plan)
    : plan_(std::move(plan)),
      idle_decoders_(std::make_unique<IdleDecoders>()),
      idle_encoders_(std::make_unique<IdleEncoders>()) {
  for (const LayoutNamespace& each : plan_->layout.namespaces) namespaces_.push_back({each.prefix, each.uri});
  if (!plan_->layout.root_namespace.empty()) namespaces_.push_back({"", plan_->layout.root_namespace});
}
Program::~Program() = default;
std::string_view Program::syntax() const { return plan_->syntax; }
std::string_view Program::message() const { return plan_->message; }
std::string_view Program::version() const { return plan_->version; }
DocumentType Program::document() const { return plan_->document->type; }
bool Program::reads() const { return plan_->reads; }
bool Program::writes() const { return plan_->writes; }
std::span<const std::string> Program::tables() const { return plan_->tables; }
const Plan& Program::plan() const { return *plan_; }
const SegmentTable& Program::segments() const {
  std::call_once(segments_made_, [this] { segments_ = std::make_unique<const SegmentTable>(plan_->layout); });
  return *segments_;
}

DelimitedForm Program::delimited() const {
  const FormatText& format = plan_->format;
  return {format.separator,    format.quote,           format.heading, format.charset,
          format.document_key, format.document_column, plan_->columns};
}

}  // namespace purser::map
