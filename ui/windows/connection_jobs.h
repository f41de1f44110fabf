#pragma once

#include <map>
#include <string>

#include <QObject>

#include "app/jobs/job_runner.h"

namespace quarterdeck::session {
class SessionHub;
}

namespace quarterdeck::ui {

/// Shows the opening of each context, and each new sign-in, as a job that ends with the server's answer. To cancel the
/// opening closes the context; to cancel a sign-in ends the login alone, and the context stays open, signed out. Hub
/// and runner outlive it.
class ConnectionJobs : public QObject {
    Q_OBJECT
public:
    ConnectionJobs(session::SessionHub& hub, jobs::JobRunner& runner, QObject* parent = nullptr);

private:
    void begin(const std::string& context, const QString& title, void (ConnectionJobs::*cancel)(const std::string&));
    void close(const std::string& context);
    void cancelSignIn(const std::string& context);
    void onStatus(const std::string& context);

    session::SessionHub& hub_;
    jobs::JobRunner& runner_;
    std::map<std::string, jobs::JobId> under_;  ///< under way, by context
};

}  // namespace quarterdeck::ui
