// Every way there is, chosen by the target's kind.
#include "gateway/deliver/transport.h"

namespace purser::gateway {
namespace {

constexpr unsigned folder_threads = 4;  // a sync waits for the disk, and several share one flush

class AllTransports final : public Transport {
 public:
  void send(std::shared_ptr<const Target> target, Shipment shipment, Done done) override {
    Transport& way = std::holds_alternative<FolderTarget>(target->where) ? *folder_ : *network_;
    way.send(std::move(target), std::move(shipment), std::move(done));
  }
  void close() override {
    network_->close();
    folder_->close();
  }

 private:
  std::unique_ptr<Transport> network_ = make_network_transport();
  std::unique_ptr<Transport> folder_ = make_folder_transport(folder_threads);
};

}  // namespace

std::unique_ptr<Transport> make_transports() { return std::make_unique<AllTransports>(); }

}  // namespace purser::gateway
