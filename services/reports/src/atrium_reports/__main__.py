from atrium_reports.main import main

main()
