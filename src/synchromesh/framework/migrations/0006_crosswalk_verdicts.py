from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('framework', '0005_version_comments'),
    ]

    operations = [
        migrations.AddField(
            model_name='escolink',
            name='esco_version',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.CreateModel(
            name='EscoRejection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uri', models.URLField(max_length=300)),
                ('esco_version', models.CharField(blank=True, max_length=20)),
                ('rejected_by', models.CharField(max_length=40)),
                ('rejected_at', models.DateTimeField()),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='esco_rejections', to='framework.jobrole')),
                ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='esco_rejections', to='framework.skill')),
            ],
            options={
                'ordering': ['uri', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('skill', None), ('role', None), _connector='XOR'), name='esco_rejection_of_a_skill_or_a_role'),
                    models.UniqueConstraint(fields=('skill', 'uri'), name='esco_rejection_of_skill_unique'),
                    models.UniqueConstraint(fields=('role', 'uri'), name='esco_rejection_of_role_unique'),
                ],
            },
        ),
    ]
