// Inside folder intake: which files are whole, what becomes of them on disk.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/message/message.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// A file that was claimed: it lies in work/ as TOKEN-NAME.
struct ClaimedFile {
  std::string token;  ///< 16 hexadecimal digits
  std::string name;   ///< as the sender called it
  std::uint64_t size = 0;
};

/// The folders of one source on disk. Not thread safe.
class DropFolder {
 public:
  explicit DropFolder(const Source& source) : source_(source) {}

  /// Makes the folder with work/, archive/ and error/. False if that cannot be done.
  [[nodiscard]] bool prepare() const;
  /// Whether work/ is still there.
  [[nodiscard]] bool has_work() const;
  /// What a crash or an overload left in work/.
  [[nodiscard]] std::vector<ClaimedFile> left_over() const;
  /// Names of whole files, oldest first, at most `limit`. `renamed` holds names that were moved in: whole by
  /// themselves. `wait` becomes the time until the next one may be whole (unchanged if none is waiting). The
  /// error says why the folder cannot be read: it is gone, or not the user's to read.
  [[nodiscard]] std::expected<std::vector<std::string>, std::string> whole_files(
      const std::set<std::string>& renamed, std::size_t limit, std::chrono::milliseconds& wait) const;
  /// Moves it to work/. The error is the system's: ENOENT if the file, or work/, is no longer there.
  [[nodiscard]] std::expected<ClaimedFile, int> claim(const std::string& name,
                                                      const std::string& token) const;

  [[nodiscard]] std::string work_path(const ClaimedFile& file) const;
  /// The claim that keeps it from being booked twice, by the source's setting.
  [[nodiscard]] Claim claim_on(const ClaimedFile& file, const Sha256& digest) const;
  /// To archive/; never over another file. False if it cannot be moved.
  bool archive(const ClaimedFile& file, MessageId message, bool known) const;
  /// To error/ with NAME.error.
  bool refuse(const ClaimedFile& file, const std::string& error_text) const;

  [[nodiscard]] const Source& source() const { return source_; }

 private:
  [[nodiscard]] bool is_ignored(std::string_view name) const;
  bool move(const std::string& from, const std::string& folder, const std::string& name,
            std::string* moved) const;

  Source source_;
};

/// What stands in NAME.error: the findings in words, then in JSON.
std::string error_text(std::string_view name, const Answer& answer);

/// Shell-like pattern with `*` only.
bool fits_pattern(std::string_view pattern, std::string_view text);

}  // namespace purser::gateway
