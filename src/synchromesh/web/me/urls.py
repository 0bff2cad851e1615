"""Addresses under `/me/`."""

from __future__ import annotations

from django.urls import path

from synchromesh.web.lists import own_views as lists
from synchromesh.web.me import (
    cv_views,
    join_views,
    learning_views,
    mail_views,
    privacy_views,
    provider_views,
    saved_search_views,
    views,
)
from synchromesh.web.me.credentials import collection_views, elsewhere_views, offer_views
from synchromesh.web.me.credentials import views as credentials

app_name = "me"
urlpatterns = [
    path("", views.home, name="home"),
    path("learning/", learning_views.learning, name="learning"),
    path("plan/", views.plans, name="plans"),
    path("plan/<uuid:uid>/", views.plan_detail, name="plan"),
    path("plan/<uuid:uid>/finished/", views.finish_step, name="finish"),
    path("plan/<uuid:uid>/delete/", views.delete_plan, name="delete-plan"),
    path("lists/", lists.saved_lists, name="lists"),
    path("lists/keep/<slug:slug>/", lists.keep_course, name="keep-course"),
    path("lists/<uuid:uid>/", lists.saved_list, name="list"),
    path("lists/<uuid:uid>/delete/", lists.delete_list, name="delete-list"),
    path("lists/<uuid:uid>/courses.csv", lists.list_csv, name="list-csv"),
    path("searches/", saved_search_views.saved_searches, name="searches"),
    path("searches/follow/", saved_search_views.follow, name="follow"),
    path("searches/unsubscribe/", saved_search_views.unsubscribe, name="unsubscribe"),
    path("searches/<uuid:uid>/", saved_search_views.saved_search, name="search"),
    path("searches/<uuid:uid>/delete/", saved_search_views.delete_saved_search, name="delete-search"),
    path("mail/", mail_views.mail, name="mail"),
    path("mail/unsubscribe/", mail_views.unsubscribe, name="mail-end"),
    path("credentials/", credentials.credentials, name="credentials"),
    path("credentials/add/", elsewhere_views.add_credential, name="add-credential"),
    path("credentials/links/", credentials.links, name="credential-links"),
    path("credentials/collections/new/", collection_views.new_collection, name="new-collection"),
    path("credentials/collections/<uuid:uid>/", collection_views.collection, name="collection"),
    path("credentials/held/<uuid:uid>/", elsewhere_views.held_credential, name="held-credential"),
    path("credentials/held/<uuid:uid>/file/", elsewhere_views.held_file, name="held-file"),
    path("credentials/record/<slug:slug>/", credentials.learner_record_file, name="learner-record"),
    path("credentials/<slug:code>/", credentials.credential, name="credential"),
    path("credentials/<slug:code>/wallet/", offer_views.credential_offer, name="credential-offer"),
    path("credentials/<slug:code>/files/<slug:format_name>/", credentials.credential_file, name="credential-file"),
    path("cv/", cv_views.cv, name="cv"),
    path("cv/use/", cv_views.use_cv, name="use-cv"),
    path("cv/forget/", cv_views.forget_cv, name="forget-cv"),
    path("privacy/", privacy_views.privacy, name="privacy"),
    path("privacy/export/", privacy_views.export, name="export"),
    path("privacy/delete/", privacy_views.delete, name="delete"),
    path("provider/", provider_views.provider_application, name="provider"),
    path("join/", join_views.join, name="join"),
]
