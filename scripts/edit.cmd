@echo off
rem Edit the facts in a form in the browser. See --help for its options.
"%~dp0setup\run.cmd" edit %*
