#include "canonical/event/header_first.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

namespace purser {
namespace {

/// How an event lies in the file: the event as it is, of whose view only the length counts, then the bytes.
static_assert(std::is_trivially_copyable_v<Event>);

constexpr std::size_t first_room = 256;  // events: the lines of an ordinary document

Status unavailable(const char* what) {
  return {StatusClass::unavailable, "MODEL-0107", std::string(what) + ": " + std::strerror(errno)};
}

}  // namespace

/// A queue of events: memory first, then a file.
class HeaderFirst::Store {
 public:
  Store(std::size_t memory_limit, std::string folder) : limit_(memory_limit), folder_(std::move(folder)) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store() { close_file(); }

  Outcome add(std::span<const Event> run) {
    if (events_.capacity() == 0) events_.reserve(std::min(limit_ / sizeof(Event) + 1, first_room));
    events_.insert(events_.end(), run.begin(), run.end());
    for (const Event& event : run) texts_.append(event.value.bytes);
    if (events_.size() * sizeof(Event) + texts_.size() < limit_) return {};
    return spill();
  }

  /// Gives everything to `sink` in order of arrival and is empty then.
  Outcome drain(EventSink& sink) {
    Outcome good;
    if (file_ >= 0) {
      if (good = spill(); good) good = drain_file(sink);
      close_file();
    } else {
      good = drain_memory(sink);
    }
    clear();
    rest_.clear();
    return good;
  }

  [[nodiscard]] std::uint64_t spilled() const { return spilled_; }
  void clear() {
    events_.clear();
    texts_.clear();
    close_file();
  }

 private:
  void close_file() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

  Outcome open_file() {
    if (folder_.empty()) {
      const char* chosen = std::getenv("TMPDIR");
      folder_ = chosen != nullptr && *chosen != '\0' ? chosen : "/tmp";
    }
    file_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) {  // not every file system knows O_TMPFILE
      std::string name = folder_ + "/purser-XXXXXX";
      file_ = ::mkostemp(name.data(), O_CLOEXEC);
      if (file_ >= 0) ::unlink(name.c_str());
    }
    if (file_ < 0) return std::unexpected(unavailable("no temporary file"));
    return {};
  }

  Outcome spill() {
    if (file_ < 0)
      if (Outcome good = open_file(); !good) return good;
    std::vector<char> records;
    const char* text = texts_.data();
    for (const Event& event : events_) {
      const std::size_t length = event.value.bytes.size();
      const char* record = reinterpret_cast<const char*>(&event);
      records.insert(records.end(), record, record + sizeof event);
      records.insert(records.end(), text, text + length);
      text += length;
    }
    events_.clear();
    texts_.clear();
    for (std::size_t done = 0; done < records.size();) {
      ssize_t written = ::write(file_, records.data() + done, records.size() - done);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return std::unexpected(unavailable("temporary file"));
      done += static_cast<std::size_t>(written);
    }
    spilled_ += records.size();
    return {};
  }

  Outcome drain_file(EventSink& sink) {
    if (::lseek(file_, 0, SEEK_SET) < 0) return std::unexpected(unavailable("temporary file"));
    constexpr std::size_t piece = 256 * 1024;
    std::vector<char> window;
    while (true) {
      std::size_t kept = rest_.size();
      window.assign(rest_.begin(), rest_.end());
      window.resize(kept + piece);
      ssize_t count = ::read(file_, window.data() + kept, piece);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return std::unexpected(unavailable("temporary file"));
      window.resize(kept + static_cast<std::size_t>(count));
      if (count == 0) break;
      if (Outcome good = drain_window(sink, window); !good) return good;
    }
    if (!rest_.empty())
      return std::unexpected(Status{StatusClass::defect, "MODEL-0107", "the temporary file is short"});
    return {};
  }

  Outcome drain_memory(EventSink& sink) {
    if (events_.empty()) return {};
    const char* text = texts_.data();
    for (Event& event : events_) {
      event.value.bytes = {text, event.value.bytes.size()};
      text += event.value.bytes.size();
    }
    return sink.push(events_);
  }

  /// Gives the whole events of `window`; an incomplete one stays in rest_.
  Outcome drain_window(EventSink& sink, const std::vector<char>& window) {
    std::array<Event, 256> batch;
    std::size_t count = 0;
    std::size_t at = 0;
    while (window.size() - at >= sizeof(Event)) {
      Event event;
      std::memcpy(static_cast<void*>(&event), window.data() + at, sizeof event);
      std::size_t length = event.value.bytes.size();
      if (window.size() - at - sizeof event < length) break;
      event.value.bytes =
          length == 0 ? std::string_view() : std::string_view(window.data() + at + sizeof event, length);
      at += sizeof event + length;
      batch[count++] = event;
      if (count == batch.size()) {
        if (Outcome good = sink.push(batch); !good) return good;
        count = 0;
      }
    }
    std::vector<char> left(window.begin() + static_cast<std::ptrdiff_t>(at), window.end());
    rest_ = std::move(left);
    if (count == 0) return {};
    return sink.push(std::span(batch).first(count));
  }

  std::size_t limit_;
  std::string folder_;
  std::vector<Event> events_;  ///< in memory; their texts lie in order in texts_
  std::string texts_;
  std::vector<char> rest_;  ///< of a window of the file
  int file_ = -1;
  std::uint64_t spilled_ = 0;
};

HeaderFirst::HeaderFirst(EventSink& next, std::size_t memory_limit, std::string folder)
    : next_(next), store_(std::make_unique<Store>(memory_limit, std::move(folder))) {}
HeaderFirst::~HeaderFirst() = default;

std::uint64_t HeaderFirst::spilled() const { return store_->spilled(); }

Outcome HeaderFirst::push(std::span<const Event> batch) {
  std::size_t from = 0;  // first event not yet passed on
  auto pass = [&](std::size_t to) -> Outcome {
    if (from == to) return {};
    Outcome good = next_.push(batch.subspan(from, to - from));
    from = to;
    return good;
  };
  auto keep = [&](std::size_t to) {
    const std::size_t begin = std::exchange(from, to);
    return store_->add(batch.subspan(begin, to - begin));
  };
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Event& event = batch[i];
    switch (event.kind) {
      case EventKind::begin_document:
        document_ = find_document(static_cast<DocumentType>(event.number));
        depth_ = 0;
        in_streamed_ = false;
        store_->clear();
        break;
      case EventKind::begin_group:
        if (depth_++ == 0 && document_ != nullptr) {
          const FieldDescriptor* field = document_->root->find(event.number);
          in_streamed_ = field != nullptr && field->streamed;
          if (Outcome good = in_streamed_ ? pass(i) : Outcome{}; !good) return good;
        }
        break;
      case EventKind::end_document: {
        if (Outcome good = pass(i); !good) return good;
        if (Outcome good = store_->drain(next_); !good) return good;
        break;
      }
      case EventKind::field:
      case EventKind::end_group:
        break;
    }
    if (event.kind == EventKind::end_group && depth_ > 0 && --depth_ == 0 && in_streamed_) {
      if (Outcome good = keep(i + 1); !good) return good;
      in_streamed_ = false;
    }
  }
  return in_streamed_ ? keep(batch.size()) : pass(batch.size());
}

}  // namespace purser
