// The journal over any database of gateway/sql.
#pragma once

#include <functional>
#include <memory>

#include "gateway/journal/body_store.h"
#include "gateway/journal/journal.h"
#include "gateway/journal/sealing.h"
#include "gateway/journal/writer.h"

namespace purser::gateway {

/// What is behind a journal: connections and the writer. [any]
class Backend {
 public:
  virtual ~Backend() = default;
  /// A connection for questions. Throws SqlError.
  virtual std::unique_ptr<Database> connect() = 0;
  /// A transaction that will be rolled back, on a connection of its own: `work` runs in it. Throws SqlError.
  virtual void rehearse(const std::function<void(Transaction&)>& work) = 0;
  /// Null: open for reading only.
  virtual Writer* writer() = 0;
  [[nodiscard]] virtual bool is_local() const = 0;
  virtual void on_news(std::function<void()> tell) = 0;
  virtual Instant now() = 0;  ///< the store's time
  /// Gives back the room of bodies that nothing refers to; bytes. Throws SqlError.
  virtual std::expected<std::uint64_t, Status> compact(Database& reader) = 0;
  /// Takes from the store's files what was in the table of wrapped keys before and is no more. JOURNAL-0002 if
  /// somebody reads for so long that it is still there.
  virtual Outcome scrub_keys() = 0;
};

/// `bodies` and `sealing` outlive the journal.
std::unique_ptr<Journal> make_sql_journal(BodyStore& bodies, Sealing& sealing, std::unique_ptr<Backend> backend);

}  // namespace purser::gateway
