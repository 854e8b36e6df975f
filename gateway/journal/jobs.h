// The jobs of the journal's writer, one for each kind of write.
#pragma once

#include <memory>
#include <vector>

#include "gateway/journal/journal.h"
#include "gateway/journal/sealing.h"
#include "gateway/journal/writer.h"

namespace purser::gateway {

/// A job that gives a list, or the reason why nothing was stored.
template <typename T>
class AnsweringJob : public Job {
 public:
  explicit AnsweringJob(Completion<T> done) : done_(std::move(done)) {}
  void apply(Transaction& transaction, std::span<const BodyRef> places) final {
    results_.clear();
    work(transaction, places);
  }
  void complete(const Outcome& outcome) final {
    if (outcome) {
      done_(std::move(results_));
    } else {
      done_(std::unexpected(outcome.error()));
    }
  }

 protected:
  virtual void work(Transaction& transaction, std::span<const BodyRef> places) = 0;
  std::vector<T> results_;

 private:
  Completion<T> done_;
};

// Bodies are sealed when the job is made, by the caller's thread; what failed is in the sealer.
std::unique_ptr<Job> make_admission(std::vector<Admission> batch, Sealer& sealer, Completion<Admitted> done);
std::unique_ptr<Job> make_settlement(std::vector<Settlement> batch, Sealer& sealer, Completion<Admitted> done);
std::unique_ptr<Job> make_pending_claim(std::uint32_t limit, Lease lease, Completion<PendingMessage> done);
std::unique_ptr<Job> make_due_claim(std::vector<ClaimRequest> batch, Completion<ClaimedDelivery> done);
std::unique_ptr<Job> make_keeping(std::vector<EncodedDelivery> batch, Sealer& sealer, Completion<BodyRef> done);
std::unique_ptr<Job> make_record(std::vector<Attempt> batch, std::optional<Lease> lease, Sealer& sealer,
                                 Completion<ClaimedDelivery> done);
std::unique_ptr<Job> make_expiring(Expiry rule, Completion<ExpiredDelivery> done);
std::unique_ptr<Job> make_resubmission(Resubmission copy, Completion<ActionResult> done);
std::unique_ptr<Job> make_actions(std::vector<Action> batch, Completion<ActionResult> done);

/// A job made of a function, for what is small.
template <typename T>
std::unique_ptr<Job> make_job(std::move_only_function<void(Transaction&, std::vector<T>&)> work,
                              Completion<T> done) {
  class Small final : public AnsweringJob<T> {
   public:
    Small(std::move_only_function<void(Transaction&, std::vector<T>&)> work, Completion<T> done)
        : AnsweringJob<T>(std::move(done)), work_(std::move(work)) {}

   private:
    void work(Transaction& t, std::span<const BodyRef>) override { work_(t, this->results_); }
    std::move_only_function<void(Transaction&, std::vector<T>&)> work_;
  };
  return std::make_unique<Small>(std::move(work), std::move(done));
}

}  // namespace purser::gateway
