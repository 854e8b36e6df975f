#include "tests/canonical/map/script.h"

#include <gtest/gtest.h>

#include "canonical/event/json_reader.h"
#include "canonical/map/call.h"

namespace purser::map::testing {
namespace {

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = std::min(text.find(mark), text.size());
    parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string plain(const Scalar& value) {
  switch (value.type) {
    case ScalarType::decimal:
      return value.decimal.text();
    case ScalarType::integer:
      return std::to_string(value.integer);
    case ScalarType::boolean:
      return value.boolean ? "true" : "false";
    case ScalarType::date:
      return text(value.when.date);
    case ScalarType::time:
      return text(value.when.time);
    case ScalarType::date_time:
      return text(value.when);
    default:
      return std::string(value.bytes);
  }
}

}  // namespace

Outcome play_edi(std::string_view text, SyntaxSink& sink) {
  Position at;
  at.line = 1;
  for (std::string_view segment : split(text, '\'')) {
    while (segment.starts_with('\n')) {
      segment.remove_prefix(1);
      ++at.line;
    }
    if (segment.empty()) continue;
    ++at.segment;
    const auto elements = split(segment, '+');
    at.element = at.component = 0;
    if (auto good = sink.open(elements[0], at); !good) return good;
    for (std::size_t e = 1; e < elements.size(); ++e) {
      const auto repetitions = split(elements[e], '*');
      for (std::size_t r = 0; r < repetitions.size(); ++r) {
        const auto components = split(repetitions[r], ':');
        for (std::size_t c = 0; c < components.size(); ++c) {
          if (components[c].empty()) continue;
          at.element = static_cast<std::uint16_t>(e);
          at.component = static_cast<std::uint16_t>(c + 1);
          const LeafAddress where{{}, at.element, at.component, static_cast<std::uint16_t>(r + 1)};
          if (auto good = sink.leaf(where, components[c], at); !good) return good;
        }
      }
    }
    if (auto good = sink.close(at); !good) return good;
  }
  return {};
}

Outcome play_xml(std::string_view text, SyntaxSink& sink) {
  Position at;
  at.line = 1;
  while (!text.empty()) {
    if (text[0] != '<') {
      const std::size_t end = std::min(text.find('<'), text.size());
      const std::string_view content = text.substr(0, end);
      if (content.find_first_not_of(" \n") != std::string_view::npos) {
        if (auto good = sink.leaf({}, content, at); !good) return good;
      }
      at.line += static_cast<std::uint32_t>(std::count(content.begin(), content.end(), '\n'));
      text.remove_prefix(end);
      continue;
    }
    const std::size_t end = text.find('>');
    std::string_view tag = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (tag.starts_with('/')) {
      if (auto good = sink.close(at); !good) return good;
      continue;
    }
    const bool empty = tag.ends_with('/');
    if (empty) tag.remove_suffix(1);
    ++at.segment;
    const std::size_t name = std::min(tag.find(' '), tag.size());
    if (auto good = sink.open(tag.substr(0, name), at); !good) return good;
    tag.remove_prefix(name);
    while (tag.starts_with(' ')) {
      const std::size_t equal = tag.find('=');
      const std::size_t close = tag.find('"', equal + 2);
      if (auto good =
              sink.leaf({tag.substr(1, equal - 1), 0, 0, 0}, tag.substr(equal + 2, close - equal - 2), at);
          !good)
        return good;
      tag.remove_prefix(close + 1);
    }
    if (empty) {
      if (auto good = sink.close(at); !good) return good;
    }
  }
  return {};
}

Outcome play_delimited(std::string_view text, SyntaxSink& sink) {
  Position at;
  at.line = 1;
  std::vector<std::string_view> headings;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    const auto fields = split(line, ';');
    if (at.line++ == 1) {
      headings = fields;
      continue;
    }
    at.element = 0;
    if (auto good = sink.open("record", at); !good) return good;
    for (std::size_t i = 0; i < fields.size() && i < headings.size(); ++i) {
      if (fields[i].empty()) continue;
      at.element = static_cast<std::uint16_t>(i + 1);
      if (auto good = sink.leaf({headings[i], at.element, 0, 0}, fields[i], at); !good) return good;
    }
    if (auto good = sink.close(at); !good) return good;
  }
  return {};
}

Outcome play(const Program& program, std::string_view text, SyntaxSink& sink) {
  if (program.syntax() == "xml") return play_xml(text, sink);
  return program.syntax() == "delimited" ? play_delimited(text, sink) : play_edi(text, sink);
}

Outcome LineSink::push(std::span<const Event> batch) {
  for (const Event& event : batch) {
    if (event.kind == EventKind::begin_document) {
      groups_ = {find_document(static_cast<DocumentType>(event.number))->root};
      continue;
    }
    if (event.kind == EventKind::end_document) continue;
    if (event.kind == EventKind::end_group) {
      groups_.pop_back();
      path_.pop_back();
      continue;
    }
    const FieldDescriptor* field = groups_.back()->find(event.number);
    EXPECT_NE(field, nullptr);
    if (event.kind == EventKind::begin_group) {
      groups_.push_back(field->group);
      path_.emplace_back(field->name);
      continue;
    }
    std::string line;
    for (const std::string& part : path_) line += part + ".";
    EXPECT_EQ(event.value.type, field->type) << field->name;
    lines.push_back(line + std::string(field->name) + "=" + plain(event.value));
    positions.push_back(event.at);
  }
  return {};
}

std::string LineSink::text() const {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

std::string LineSink::loss_text() const {
  std::string all;
  for (const Loss& loss : losses) all += loss.source + "=" + loss.value + "\n";
  return all;
}

std::string LineSink::finding_text() const {
  std::string all;
  for (const Finding& finding : findings) all += finding.code + " " + finding.source + "\n";
  return all;
}

Outcome TextSink::open(std::string_view name, const Position&) {
  if (syntax_ == "xml") {
    if (tag_open_) text += '>';
    text += '<' + std::string(name);
    tag_open_ = true;
  } else if (syntax_ != "delimited") {
    text += name;
  }
  if (!heading.empty()) {
    fields_.assign(heading.size(), {});
    if (text.empty()) {
      for (const std::string& each : heading) text += each + ";";
      text += "\n";
    }
  }
  element_ = component_ = 0;
  open_.emplace_back(name);
  return {};
}

Outcome TextSink::leaf(const LeafAddress& where, std::string_view value, const Position&) {
  if (syntax_ == "xml") {
    if (where.name.empty()) {
      if (tag_open_) text += '>';
      tag_open_ = false;
      text += value;
    } else {
      EXPECT_TRUE(tag_open_) << "attribute after content";
      text += ' ' + std::string(where.name) + "=\"" + std::string(value) + '"';
    }
  } else if (!heading.empty()) {
    fields_[static_cast<std::size_t>(std::find(heading.begin(), heading.end(), where.name) -
                                     heading.begin())] = std::string(value);
  } else if (syntax_ == "delimited") {
    text += std::string(where.name) + '=' + std::string(value) + ';';
  } else {
    EXPECT_GE(where.element, element_);
    if (where.element == element_ && where.repetition > 1 && where.component <= component_) {
      text += '*';
      component_ = 1;
    }
    for (; element_ < where.element; ++element_) {
      text += '+';
      component_ = 1;
    }
    for (; component_ < where.component; ++component_) text += ':';
    text += value;
  }
  return {};
}

Outcome TextSink::close(const Position&) {
  if (syntax_ == "xml") {
    text += tag_open_ ? "/>" : "</" + open_.back() + ">";
    tag_open_ = false;
  } else {
    for (const std::string& field : fields_) text += field + ";";
    text += syntax_ == "delimited" ? "\n" : "'";
  }
  open_.pop_back();
  return {};
}

namespace {

std::expected<std::shared_ptr<const Program>, Report> try_load(std::string_view table,
                                                               const std::vector<std::string>& layouts,
                                                               const std::vector<std::string>& overlays,
                                                               const CallTable& calls) {
  std::vector<TableFile> library, partner;
  std::size_t number = 0;
  for (const std::string& layout : layouts) library.push_back({"library" + std::to_string(++number), layout});
  // A library file can be named by its first remark: "# name: common.map".
  for (TableFile& file : library) {
    if (!file.text.starts_with("# name: ")) continue;
    file.name = std::string(file.text.substr(8, file.text.find('\n') - 8));
  }
  for (const std::string& overlay : overlays) partner.push_back({"partner.overlay", overlay});
  return Program::load({"test.map", table}, library, partner, calls);
}

}  // namespace

std::shared_ptr<const Program> load(std::string_view table, const std::vector<std::string>& layouts,
                                    const std::vector<std::string>& overlays, const CallTable* calls) {
  const CallTable none;
  auto program = try_load(table, layouts, overlays, calls != nullptr ? *calls : none);
  if (program) return *program;
  for (const Finding& finding : program.error().findings()) ADD_FAILURE() << to_line(finding, finding.source);
  return nullptr;
}

std::vector<std::string> load_errors(std::string_view table, const std::vector<std::string>& layouts,
                                     const std::vector<std::string>& overlays) {
  const auto program = try_load(table, layouts, overlays, CallTable());
  std::vector<std::string> lines;
  if (program) return lines;
  for (const Finding& finding : program.error().findings()) {
    lines.push_back(std::to_string(finding.at.line) + ":" + std::to_string(finding.at.column) + " " +
                    finding.code + " " + finding.message + " | " + finding.expected);
  }
  return lines;
}

void feed(Encoder& encoder, std::string_view json) {
  class Feed : public DocumentSink {
   public:
    explicit Feed(Encoder& next) : next_(next) {}
    Outcome push(std::span<const Event> batch) override { return next_.push(batch); }
    void finding(Finding finding) override { ADD_FAILURE() << finding.message; }
    void loss(Loss) override {}

   private:
    Encoder& next_;
  } events(encoder);
  EXPECT_TRUE(read_json(json, events));
  EXPECT_TRUE(encoder.finish());
}

}  // namespace purser::map::testing
