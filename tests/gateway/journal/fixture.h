// A journal in a temporary folder, and calls that wait for their answer.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <string>

#include "gateway/journal/sqlite_journal.h"

namespace purser::gateway {

/// A clock that stands still until it is moved.
class SetClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return to_instant(number_); }
  [[nodiscard]] std::chrono::microseconds monotonic() const override { return now().time_since_epoch(); }
  void advance(std::chrono::microseconds by) { number_ += by.count(); }

 private:
  std::atomic<std::int64_t> number_ =
      to_number(Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)));
};

template <typename T, typename Start>
std::expected<std::vector<T>, Status> wait_for(Start start) {
  std::promise<std::expected<std::vector<T>, Status>> promise;
  auto future = promise.get_future();
  start(Completion<T>([&promise](auto result) { promise.set_value(std::move(result)); }));
  return future.get();
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "purser-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class JournalTest : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    opened.journal.reset();
    auto made = make();
    ASSERT_TRUE(made) << made.error().message;
    opened = std::move(*made);
  }
  virtual std::expected<OpenJournal, Status> make() {
    return open_sqlite_journal({.folder = folder.path(), .clock = clock, .files = *files});
  }
  Journal& journal() { return *opened.journal; }
  [[nodiscard]] Lease lease() const { return {"node-1", clock.now() + std::chrono::seconds(60)}; }

  static Document document(std::uint32_t ordinal, const std::string& number) {
    Document out;
    out.ordinal = ordinal;
    out.type = DocumentType::invoice;
    out.number = number;
    out.canonical = "{\"number\":\"" + number + "\"}";
    out.keys = {{"invoice", number}, {"order", "PO-1"}};
    return out;
  }
  static PlannedDelivery planned(std::uint32_t document, const std::string& target,
                                 const std::string& lane = {}) {
    PlannedDelivery out;
    out.document = document;
    out.route = "invoices";
    out.target = target;
    out.lane = lane;
    out.encoded = "bytes for " + target;
    out.is_encoded = true;
    return out;
  }
  static Admission admission(const std::string& key, const std::string& number,
                             std::vector<PlannedDelivery> deliveries) {
    Admission out;
    out.incoming.source = "http";
    out.incoming.partner = "acme";
    out.incoming.credential = "key-1";
    out.incoming.body = "body of " + number;
    out.incoming.claims = {{"http/acme", key}};
    out.hash = sha256(out.incoming.body);
    out.understanding.emplace();
    out.understanding->format = "ubl";
    out.understanding->documents.push_back(document(1, number));
    out.understanding->deliveries = std::move(deliveries);
    return out;
  }
  Admitted admit(Admission one) {
    auto result = wait_for<Admitted>([&](auto done) {
      std::vector<Admission> batch;
      batch.push_back(std::move(one));
      journal().admit(std::move(batch), std::move(done));
    });
    EXPECT_TRUE(result) << result.error().message;
    return result ? result->front() : Admitted{};
  }
  std::vector<ClaimedDelivery> claim(const std::string& target) {
    auto result = wait_for<ClaimedDelivery>([&](auto done) {
      journal().claim_due({{target, 64, lease()}}, std::move(done));
    });
    EXPECT_TRUE(result);
    return result.value_or(std::vector<ClaimedDelivery>());
  }
  std::vector<ClaimedDelivery> record(const ClaimedDelivery& delivery, DeliveryState next,
                                      std::optional<Finding> finding = {}, bool hold = false,
                                      std::string detail = {}) {
    Attempt attempt;
    attempt.delivery = delivery.id;
    attempt.fence = delivery.fence;
    attempt.tenant = tenant_of(delivery.route);
    attempt.detail = std::move(detail);
    attempt.started = clock.now();
    attempt.next = next;
    attempt.due = clock.now() + std::chrono::seconds(10);
    attempt.finding = std::move(finding);
    attempt.hold_lane = hold;
    auto result =
        wait_for<ClaimedDelivery>([&](auto done) { journal().record({attempt}, lease(), std::move(done)); });
    EXPECT_TRUE(result);
    return result.value_or(std::vector<ClaimedDelivery>());
  }
  MessageState state_of(MessageId id) {
    auto view = journal().show(id);
    EXPECT_TRUE(view);
    return view ? view->summary.state : MessageState::admitted;
  }

  TemporaryFolder folder;
  SetClock clock;
  SystemFiles system_files;
  FileSystem* files = &system_files;
  OpenJournal opened;
};

}  // namespace purser::gateway
