#pragma once

// The worst that a cluster may hold: names of 253 characters, control characters and marks that turn the direction,
// 500 labels, annotations of a megabyte, numbers at the end of their range.

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <string>

#include "tests/fakes/hostile_server.h"

namespace quarterdeck::gui_tests {

inline QJsonObject pod(const QString& name, const QString& nameSpace, int number) {
    QJsonObject labels;
    QJsonObject annotations;
    if (number == 0) {
        for (int i = 0; i < 500; ++i) {
            labels.insert(QStringLiteral("example.org/label-%1").arg(i), QString(63, QLatin1Char('v')));
        }
        annotations.insert(QStringLiteral("example.org/blob"), QString(1'000'000, QLatin1Char('x')));
    }
    const QJsonObject waiting{{QStringLiteral("reason"), QStringLiteral("CrashLoopBackOff\n\u202E<b>")},
                              {QStringLiteral("message"), QString(4'000, QLatin1Char('m'))}};
    const QJsonObject status{
        {QStringLiteral("phase"), QStringLiteral("Running")},
        {QStringLiteral("containerStatuses"),
         QJsonArray{QJsonObject{{QStringLiteral("name"), name},
                                {QStringLiteral("ready"), false},
                                {QStringLiteral("restartCount"), 2'000'000'000},
                                {QStringLiteral("state"), QJsonObject{{QStringLiteral("waiting"), waiting}}}}}}};
    return {{QStringLiteral("metadata"),
             QJsonObject{{QStringLiteral("name"), name},
                         {QStringLiteral("namespace"), nameSpace},
                         {QStringLiteral("uid"), QStringLiteral("uid-%1").arg(number)},
                         {QStringLiteral("resourceVersion"), QString::number(number + 1)},
                         {QStringLiteral("creationTimestamp"), QStringLiteral("1970-01-01T00:00:01Z")},
                         {QStringLiteral("labels"), labels},
                         {QStringLiteral("annotations"), annotations}}},
            {QStringLiteral("spec"), QJsonObject{{QStringLiteral("nodeName"), name}}},
            {QStringLiteral("status"), status}};
}

inline QStringList hostileNames() {
    return {QString(253, QLatin1Char('w')),
            QStringLiteral("web-\u202Egnp.exe"),
            QStringLiteral("line\nbreak\ttab\u001b[31m\u0007"),
            QStringLiteral("👩‍👩‍👧-🚀-ملف-文件"),
            QStringLiteral("<img src=x><b>&amp;%1%n"),
            QStringLiteral("zero\u200Bwidth\u2066\u2069")};
}

/// Name, number, 500 labels and an annotation of a megabyte for the first.
inline QJsonObject metadata(const QString& name, const QString& nameSpace, int number, const char* uid) {
    QJsonObject meta = pod(name, nameSpace, number).value(QStringLiteral("metadata")).toObject();
    meta.insert(QStringLiteral("uid"), QStringLiteral("%1-%2").arg(QString::fromUtf8(uid)).arg(number));
    return meta;
}

inline QJsonObject node(const QString& name, int number) {
    const QJsonArray conditions{QJsonObject{{QStringLiteral("type"), QStringLiteral("Ready")},
                                            {QStringLiteral("status"), QStringLiteral("False")},
                                            {QStringLiteral("reason"), name},
                                            {QStringLiteral("message"), QString(4'000, QLatin1Char('m'))}},
                                QJsonObject{{QStringLiteral("type"), name},
                                            {QStringLiteral("status"), QStringLiteral("Unknown")},
                                            {QStringLiteral("reason"), name}}};
    const QJsonObject room{{QStringLiteral("cpu"), QStringLiteral("999999999")},
                           {QStringLiteral("memory"), QStringLiteral("9E")},
                           {QStringLiteral("pods"), QStringLiteral("2147483647")}};
    QJsonArray taints;
    for (int i = 0; i < 100; ++i) {
        taints.append(QJsonObject{{QStringLiteral("key"), name}, {QStringLiteral("effect"), name}});
    }
    QJsonObject meta = metadata(name, {}, number, "node");
    QJsonObject labels = meta.value(QStringLiteral("labels")).toObject();
    labels.insert(QStringLiteral("node-role.kubernetes.io/") + name, QString());
    meta.insert(QStringLiteral("labels"), labels);
    return {{QStringLiteral("metadata"), meta},
            {QStringLiteral("spec"), QJsonObject{{QStringLiteral("taints"), taints}}},
            {QStringLiteral("status"),
             QJsonObject{{QStringLiteral("conditions"), conditions},
                         {QStringLiteral("allocatable"), room},
                         {QStringLiteral("capacity"), room},
                         {QStringLiteral("nodeInfo"), QJsonObject{{QStringLiteral("kubeletVersion"), name},
                                                                  {QStringLiteral("osImage"), name},
                                                                  {QStringLiteral("kernelVersion"), name}}}}}};
}

inline QJsonObject happening(const QString& name, const QString& nameSpace, int number) {
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    return {
        {QStringLiteral("metadata"), metadata(name, nameSpace, number, "event")},
        {QStringLiteral("involvedObject"), QJsonObject{{QStringLiteral("kind"), name.left(40)},
                                                       {QStringLiteral("name"), name},
                                                       {QStringLiteral("namespace"), nameSpace}}},
        {QStringLiteral("type"), number % 2 == 0 ? QStringLiteral("Warning") : name},
        {QStringLiteral("reason"), name},
        {QStringLiteral("message"), name + QLatin1Char('\n') + QString(100'000, QLatin1Char('m'))},
        {QStringLiteral("count"), 2'000'000'000},
        {QStringLiteral("firstTimestamp"), QStringLiteral("1970-01-01T00:00:01Z")},
        {QStringLiteral("lastTimestamp"), now},
        {QStringLiteral("source"), QJsonObject{{QStringLiteral("component"), name}, {QStringLiteral("host"), name}}},
        {QStringLiteral("reportingComponent"), name}};
}

inline std::string listOf(const char* kind, const QJsonArray& items) {
    return QJsonDocument(QJsonObject{{QStringLiteral("kind"), QString::fromUtf8(kind)},
                                     {QStringLiteral("apiVersion"), QStringLiteral("v1")},
                                     {QStringLiteral("metadata"),
                                      QJsonObject{{QStringLiteral("resourceVersion"), QStringLiteral("9")}}},
                                     {QStringLiteral("items"), items}})
        .toJson()
        .toStdString();
}

inline std::string hostilePods() {
    QJsonArray items;
    for (const QString& name : hostileNames()) {
        items.append(pod(name, name.left(63), static_cast<int>(items.size())));
    }
    return listOf("PodList", items);
}

/// A cluster where pods, nodes and events are all like that.
inline fakes::HostileServer::Handler hostileCluster() {
    QJsonArray nodes;
    QJsonArray events;
    for (const QString& name : hostileNames()) {
        nodes.append(node(name, static_cast<int>(nodes.size())));
        events.append(happening(name, name.left(63), static_cast<int>(events.size())));
    }
    return
        [pods = fakes::answers::pods(hostilePods()), nodes = listOf("NodeList", nodes),
         events = listOf("EventList", events)](const fakes::HostileRequest& request, fakes::HostileConnection& peer) {
            const bool watch = request.target.find("watch=true") != std::string::npos;
            if (!watch && request.path() == "/api/v1/nodes") {
                peer.json(nodes);
            } else if (!watch && request.path() == "/api/v1/events") {
                peer.json(events);
            } else {
                pods(request, peer);
            }
        };
}

}  // namespace quarterdeck::gui_tests
