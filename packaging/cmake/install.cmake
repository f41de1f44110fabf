# What cmake --install puts below its prefix: both programs, the desktop's menu entry (it also takes quarterdeck://
# links) and the icon.
include(GNUInstallDirs)
install(TARGETS quarterdeck qdeck RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_SOURCE_DIR}/packaging/io.github.quarterdeck.Quarterdeck.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
# The entry names the program by its full path, which --prefix tells only when it is installed: a person's own bin
# folder need not be in the desktop's PATH.
install(CODE "
    set(QUARTERDECK_PROGRAM \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}/quarterdeck\")
    configure_file(\"${CMAKE_SOURCE_DIR}/packaging/io.github.quarterdeck.Quarterdeck.desktop.in\"
        \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/applications/io.github.quarterdeck.Quarterdeck.desktop\"
        @ONLY)")
