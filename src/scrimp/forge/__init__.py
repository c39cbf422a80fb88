"""Code hosts, and the one comment of ours on a pull or merge request.

``comments``    what a host must be able to do, and what is done with it     ``hosts``  the table of hosts
``connection``  requests: patient, bounded, and careful with the token
``github``      comments of a pull request                                  ``gitlab``  notes on a merge request
``actions``     which pull request a job of GitHub Actions is about
"""
