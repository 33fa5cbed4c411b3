@echo off
rem Every check and every test. Arguments go to pytest alone, and linters and type checkers are left out then.
"%~dp0setup\run.cmd" test %*
