# What cmake --install puts below its prefix: both programs, the icon, and the desktop's menu entry, which also takes
# quarterdeck:// links.
install(TARGETS quarterdeck qdeck RUNTIME DESTINATION bin)
install(FILES ${CMAKE_SOURCE_DIR}/packaging/io.github.quarterdeck.Quarterdeck.svg
    DESTINATION share/icons/hicolor/scalable/apps)
install(SCRIPT ${CMAKE_SOURCE_DIR}/packaging/cmake/install_entry.cmake)
