@echo off
rem Serve the site at http://127.0.0.1:8000/ and render it anew when something changes. See --help for its options.
"%~dp0setup\run.cmd" serve %*
