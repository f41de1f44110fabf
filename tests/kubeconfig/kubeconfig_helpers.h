#pragma once

#include <string>
#include <vector>

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "app/kubeconfig/loader.h"

namespace quarterdeck::kubeconfig::test {

/// A folder of its own for each test.
class Folder {
public:
    [[nodiscard]] std::string path(const std::string& name = {}) const {
        const std::string base = directory_.path().toStdString();
        return name.empty() ? base : base + "/" + name;
    }
    /// Writes a file (and the folders above it), returns its path.
    std::string write(const std::string& name, const std::string& content) const {
        const QString file = QString::fromStdString(path(name));
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(QByteArray::fromStdString(content)) < 0) {
            qFatal("cannot write %s", qPrintable(file));
        }
        return path(name);
    }
    /// An executable shell script.
    std::string script(const std::string& name, const std::string& body) const {
        const std::string file = write(name, "#!/bin/sh\n" + body);
        QFile::setPermissions(QString::fromStdString(file), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file;
    }

private:
    QTemporaryDir directory_;
};

inline Kubeconfig loadFile(const std::string& path) {
    LoadOptions options;
    options.explicitPath = path;
    return load(options);
}

inline Kubeconfig loadText(const Folder& folder, const std::string& text) {
    return loadFile(folder.write("config", text));
}

inline Kubeconfig loadList(const std::vector<std::string>& paths) {
    std::string list;
    for (const std::string& path : paths) {
        list += (list.empty() ? "" : ":") + path;
    }
    LoadOptions options;
    options.kubeconfigEnv = list;
    return load(options);
}

inline std::string describeAll(const std::vector<Error>& errors) {
    std::string text;
    for (const Error& error : errors) {
        text += describe(error) + "\n";
    }
    return text;
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

inline std::string fixture(const std::string& name) {
    return std::string(QUARTERDECK_FIXTURES) + "/kubeconfig/" + name;
}

inline std::string fixtureText(const std::string& name) {
    QFile file(QString::fromStdString(fixture(name)));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("fixture missing");
    }
    return file.readAll().toStdString();
}

inline std::string base64(const std::string& text) {
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

}  // namespace quarterdeck::kubeconfig::test

/// Compares and shows both; for std::string.
#define COMPARE_TEXT(actual, expected) QCOMPARE(QString::fromStdString(actual), QString::fromStdString(expected))
/// Verifies that a text holds a part and shows the text where it does not.
#define VERIFY_CONTAINS(text, part)                                 \
    QVERIFY2(::quarterdeck::kubeconfig::test::contains(text, part), \
             qPrintable(QString::fromStdString(std::string(part) + " not in: " + (text))))
#define VERIFY_NO_CANARY(text) \
    QVERIFY2(!::quarterdeck::kubeconfig::test::contains(text, "CANARY"), qPrintable(QString::fromStdString(text)))
