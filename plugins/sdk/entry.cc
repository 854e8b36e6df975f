#include "plugins/sdk/entry.h"

#include <deque>
#include <type_traits>
#include <utility>

#include "plugins/sdk/calls.h"

namespace purser::sdk {

// Everything the C structs point to, in containers that never move what they hold.
struct Entry::Parts {
  std::deque<std::string> texts;
  std::deque<std::vector<const char*>> lists;
  std::deque<purser_message> messages;
  std::deque<std::vector<const purser_message*>> message_lists;
  std::deque<purser_format> formats;
  std::vector<const purser_format*> format_list;
  purser_connector table{};

  const char* text(std::string value) { return texts.emplace_back(std::move(value)).c_str(); }

  const char* const* list(const std::vector<std::string>& values) {
    auto& result = lists.emplace_back();
    for (const std::string& value : values) result.push_back(text(value));
    result.push_back(nullptr);
    return result.data();
  }

  static unsigned directions(bool decodes, bool encodes) {
    return (decodes ? PURSER_DECODES : 0U) | (encodes ? PURSER_ENCODES : 0U);
  }

  const purser_message* message(const plugin::MessageInfo& info) {
    return &messages.emplace_back(
        purser_message{sizeof(purser_message), static_cast<std::uint16_t>(info.document),
                       static_cast<std::uint16_t>(directions(info.decodes, info.encodes)), text(info.name),
                       list(info.versions)});
  }

  const purser_format* format(const plugin::FormatInfo& info) {
    auto& members = message_lists.emplace_back();
    for (const auto& member : info.messages) members.push_back(message(member));
    members.push_back(nullptr);
    return &formats.emplace_back(purser_format{sizeof(purser_format), directions(info.decodes, info.encodes),
                                               text(info.name), text(info.title), list(info.media_types),
                                               members.data()});
  }
};

Entry::Entry(Description description,
             purser_status (*create)(const purser_host*, const purser_sink*, purser_instance**))
    : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  bool decodes = false;
  bool encodes = false;
  for (const auto& format : description.formats) {
    parts.format_list.push_back(parts.format(format));
    decodes = decodes || format.decodes;
    encodes = encodes || format.encodes;
  }
  parts.format_list.push_back(nullptr);

  purser_connector& table = parts.table;
  table.major = PURSER_ABI_MAJOR;
  table.minor = PURSER_ABI_MINOR;
  table.size = sizeof table;
  table.flags = description.serial ? PURSER_SERIAL : 0U;
  table.name = parts.text(std::move(description.name));
  table.version = parts.text(std::move(description.version));
  table.title = parts.text(std::move(description.title));
  table.formats = parts.format_list.data();
  if (!description.settings_schema.empty())
    table.settings_schema = parts.text(std::move(description.settings_schema));
  table.secrets = parts.list(description.secrets);
  table.needs = parts.list(description.needs);
  table.create = create;
  table.destroy = destroy_instance;
  table.detect = detect_file;
  table.decode = decodes ? decode_file : nullptr;
  table.encode_open = encodes ? open_encoder : nullptr;
  table.encode_push = encodes ? push_to_encoder : nullptr;
  table.encode_finish = encodes ? finish_encoder : nullptr;
  table.encode_close = encodes ? close_encoder : nullptr;
  table.extension = connector_extension;
}

Entry::~Entry() = default;

const purser_connector* Entry::table() const { return &parts_->table; }

}  // namespace purser::sdk
