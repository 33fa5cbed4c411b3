@echo off
rem run.cmd COMMAND ARGUMENTS: find Python 3.11 or newer, which sets up what the command needs and runs it.
setlocal
cd /d "%~dp0..\.."
set "check=import sys; sys.exit(sys.version_info < (3, 11))"
rem Windows has a python.exe that only offers to install one: what counts is that it runs.
for %%P in (".venv\Scripts\python.exe" "py.exe -3" "python.exe" "python3.exe") do (
    %%~P -c "%check%" >nul 2>nul && (set "python=%%~P" & goto found)
)
rem What follows is UTF-8.
chcp 65001 >nul
echo Python 3.11 以降が必要です。py.exe、python.exe、python3.exe のどれからも起動できません。>&2
echo Python 3.11 or newer is needed: none of py.exe, python.exe, python3.exe starts one.>&2
exit /b 1
:found
%python% -m scripts.setup %*
