#include "gateway/intake/sftp_fetch.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "gateway/deliver/sftp_login.h"
#include "gateway/fetch/address_filter.h"
#include "gateway/intake/folder_files.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_listing = 16ULL << 20;  // of a folder: some 200,000 names; more is a mistake
constexpr std::size_t most_at_once = 1'000;  // files in one look, so that a reload need not wait for hours

struct Easy {
  Easy() : handle(curl_easy_init()) {}
  ~Easy() { curl_easy_cleanup(handle); }
  Easy(const Easy&) = delete;
  Easy& operator=(const Easy&) = delete;
  CURL* handle;
  AddressFilter filter;
};

void prepare(Easy& easy, const SftpServer& server) {
  curl_easy_reset(easy.handle);  // the connection stays
  easy.filter.private_addresses = server.allow_private_addresses;
  install_address_filter(easy.handle, easy.filter);
  log_in(easy.handle, server);
}

std::size_t keep_listing(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& listing = *static_cast<std::string*>(self);
  if (listing.size() + count > max_listing) return 0;
  listing.append(bytes, count);
  return count;
}

/// A file on its way to disk.
struct Arriving {
  File& file;
  std::uint64_t limit;
  std::uint64_t at = 0;
  bool too_large = false;
};

std::size_t keep_bytes(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& arriving = *static_cast<Arriving*>(self);
  arriving.too_large = arriving.at + count > arriving.limit;
  if (arriving.too_large || !arriving.file.write_at(arriving.at, {bytes, count})) return 0;
  arriving.at += count;
  return count;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// A name from outside becomes a name here: nothing of it may lead out of the folder or hide the file.
bool is_fetchable(std::string_view name, const std::vector<std::string>& ignore) {
  if (name.empty() || name.front() == '.' || name.size() > 200) return false;
  if (std::ranges::any_of(
          name, [](char c) { return c == '/' || c == '"' || static_cast<unsigned char>(c) < 0x20; }))
    return false;
  for (const std::string_view pattern : {"*.tmp", "*.part", "*.error"}) {
    if (fits_pattern(pattern, name)) return false;
  }
  return std::ranges::none_of(ignore,
                              [&](const std::string& pattern) { return fits_pattern(pattern, name); });
}

}  // namespace

class SftpFetch::Fetcher {
 public:
  Fetcher(const SftpFetch& all, const Source& source) : all_(all), source_(source) {
    watch_ = all.scheduler_.watch(std::min(source.fetch->every, std::max(source.quiet, least_period)),
                                  [this] { look(); });
    watch_->wake();
  }

 private:
  static constexpr std::chrono::milliseconds least_period{200};

  /// How a file was seen, and since when it looks so.
  struct Seen {
    std::string line;
    std::chrono::microseconds since{0};
  };

  void look() {
    const auto now = all_.clock_.monotonic();
    // Between two looks of `every` there is one more only while a file waits for its quiet time.
    if (!seen_.empty() || now >= next_) {
      next_ = now + source_.fetch->every;
      fetch_what_rests(now);
    }
  }

  void fetch_what_rests(std::chrono::microseconds now) {
    const auto names = list(true);
    const auto lines = names ? list(false) : std::nullopt;
    if (!lines) return;
    std::map<std::string, Seen> seen;
    std::vector<std::string> rest;
    for (const std::string& name : *names) {
      if (!is_fetchable(name, source_.ignore)) continue;
      const auto line = std::ranges::find_if(*lines, [&](const std::string& text) {
        return text.ends_with(" " + name) && !text.starts_with('d');
      });
      if (line == lines->end()) continue;
      const auto before = seen_.find(name);
      const bool same = before != seen_.end() && before->second.line == *line;
      const auto since = same ? before->second.since : now;
      if (same && now - since >= source_.quiet && rest.size() < most_at_once) {
        rest.push_back(name);
      } else {
        seen.emplace(name, Seen{*line, since});
      }
    }
    seen_ = std::move(seen);
    for (const std::string& name : rest) {
      if (!fetch(name)) return;
    }
  }

  std::optional<std::vector<std::string>> list(bool names_only) {
    prepare(easy_, source_.fetch->server);
    std::string listing;
    const std::string url = sftp_url(easy_.handle, source_.fetch->server, {});
    curl_easy_setopt(easy_.handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy_.handle, CURLOPT_DIRLISTONLY, names_only ? 1L : 0L);
    curl_easy_setopt(easy_.handle, CURLOPT_WRITEFUNCTION, keep_listing);
    curl_easy_setopt(easy_.handle, CURLOPT_WRITEDATA, &listing);
    const CURLcode result = curl_easy_perform(easy_.handle);
    if (result != CURLE_OK) {
      complain("the folder cannot be listed", {}, curl_easy_strerror(result));
      return std::nullopt;
    }
    return lines_of(listing);
  }

  /// False if there is no point in going on with the next one.
  bool fetch(const std::string& name) {
    const std::string place = source_.path + "/" + name;
    if (all_.files_.open_for_reading(place)) return true;  // one of that name still waits to be taken
    const std::string partial = source_.path + "/." + name + ".part";
    static_cast<void>(all_.files_.remove(partial));
    auto file = all_.files_.open(partial, true);
    if (!file) return complain("cannot be written", name, file.error().message);
    Arriving arriving{**file, source_.body_size};
    prepare(easy_, source_.fetch->server);
    const std::string url = sftp_url(easy_.handle, source_.fetch->server, name);
    curl_easy_setopt(easy_.handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy_.handle, CURLOPT_WRITEFUNCTION, keep_bytes);
    curl_easy_setopt(easy_.handle, CURLOPT_WRITEDATA, &arriving);
    const CURLcode result = curl_easy_perform(easy_.handle);
    if (arriving.too_large) {
      complain("is larger than body_size", name, std::to_string(source_.body_size));
      return true;
    }
    if (result != CURLE_OK) return complain("cannot be fetched", name, curl_easy_strerror(result));
    for (const Outcome& done :
         {(*file)->sync(), all_.files_.rename(partial, place), all_.files_.sync_directory(source_.path)}) {
      if (!done) return complain("cannot be kept", name, done.error().message);
    }
    return clear_away(name);
  }

  /// It is durable here: the server's copy goes.
  bool clear_away(const std::string& name) {
    const SftpServer& server = source_.fetch->server;
    const std::string from = server.path + "/" + name;
    const std::string to = server.path + "/" + source_.fetch->archive + "/" + name;
    curl_slist* commands = nullptr;
    if (source_.fetch->archive.empty()) {
      commands = curl_slist_append(commands, fmt::format("rm \"{}\"", from).c_str());
    } else {
      commands = curl_slist_append(commands, fmt::format("*rm \"{}\"", to).c_str());
      commands = curl_slist_append(commands, fmt::format("rename \"{}\" \"{}\"", from, to).c_str());
    }
    prepare(easy_, server);
    const std::string url = sftp_url(easy_.handle, server, {});
    curl_easy_setopt(easy_.handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy_.handle, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(easy_.handle, CURLOPT_QUOTE, commands);
    const CURLcode result = curl_easy_perform(easy_.handle);
    curl_slist_free_all(commands);
    if (result != CURLE_OK)
      return complain("was fetched and cannot be cleared away", name, curl_easy_strerror(result));
    all_.log_.write(LogLevel::info, "fetched", {{"source", source_.name}, {"file", name}});
    return true;
  }

  bool complain(std::string_view what, std::string_view name, std::string_view why) const {
    all_.log_.write(LogLevel::warning, "fetching by sftp",
                    {{"source", source_.name}, {"file", name}, {"what", what}, {"why", why}});
    return false;
  }

  const SftpFetch& all_;
  Source source_;
  Easy easy_;
  std::map<std::string, Seen> seen_;
  std::chrono::microseconds next_{0};
  std::unique_ptr<Watch> watch_;  // last: it uses everything above
};

SftpFetch::SftpFetch(Scheduler& scheduler, FileSystem& files, const Clock& clock, const Log& log)
    : scheduler_(scheduler), files_(files), clock_(clock), log_(log) {}

SftpFetch::~SftpFetch() = default;

void SftpFetch::watch(const Settings& settings) {
  stop();
  for (const Source& source : settings.sources) {
    if (!source.enabled || !source.fetch) continue;
    static_cast<void>(files_.make_directory(source.path));
    fetchers_.push_back(std::make_unique<Fetcher>(*this, source));
  }
}

void SftpFetch::stop() { fetchers_.clear(); }

}  // namespace purser::gateway
